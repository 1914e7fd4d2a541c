package bdk.p2p.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.Broadcast;
import bdk.p2p.message.Command;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageType;
import bdk.p2p.wire.ProtocolViolation;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeenCacheTest {
  private static Broadcast broadcast(Command command, int number) {
    return new Broadcast(command, ByteBuffer.allocate(4).putInt(number).flip());
  }

  private static Broadcast broadcast(int number) {
    return broadcast(Command.BROADCAST_BLOCK, number);
  }

  @Test
  void broadcastIsNewOnce() {
    SeenCache cache = new SeenCache(10, new KnownBroadcasts(UnpooledByteBufAllocator.DEFAULT));
    assertTrue(cache.add(broadcast(1)));
    assertFalse(cache.add(broadcast(1)));
    assertTrue(cache.add(broadcast(2)));
    assertTrue(cache.add(broadcast(Command.BROADCAST_TRANSACTION, 1)));
    assertEquals(3, cache.count());
  }

  @Test
  void firstSeenIsForgottenFirstAndSeeingItAgainDoesNotKeepIt() {
    SeenCache cache = new SeenCache(3, new KnownBroadcasts(UnpooledByteBufAllocator.DEFAULT));
    cache.add(broadcast(1));
    cache.add(broadcast(2));
    cache.add(broadcast(3));
    assertFalse(cache.add(broadcast(1)));
    cache.add(broadcast(4));
    assertEquals(3, cache.count());
    assertFalse(cache.add(broadcast(2)));
    assertTrue(cache.add(broadcast(1)));
    assertTrue(cache.add(broadcast(2)));
  }

  @Test
  void payloadDoesNotRunIntoTheCommand() {
    SeenCache cache = new SeenCache(3, new KnownBroadcasts(UnpooledByteBufAllocator.DEFAULT));
    assertTrue(cache.add(new Broadcast(Command.of(0x1001), ByteBuffer.wrap(new byte[] {2}))));
    assertTrue(cache.add(new Broadcast(Command.of(0x1001), ByteBuffer.wrap(new byte[] {}))));
    assertTrue(cache.add(new Broadcast(Command.of(0x1002), ByteBuffer.wrap(new byte[] {}))));
  }

  private static Message forged(int number) {
    Broadcast genuine = broadcast(number);
    byte[] payload = new byte[genuine.payloadBytes()];
    genuine.payload().get(payload);
    return Message.adopt(
        MessageType.BROADCAST, genuine.id().value() + 1, genuine.command(), payload);
  }

  @Test
  void wrongIdIsFoundAtTheFirstCopyAndLeavesNothingBehind() {
    SeenCache cache = new SeenCache(3, new KnownBroadcasts(UnpooledByteBufAllocator.DEFAULT));
    assertThrows(ProtocolViolation.class, () -> cache.addChecked(forged(1)));
    assertEquals(0, cache.count());
    assertTrue(cache.addChecked(broadcast(1)));
    assertFalse(cache.addChecked(broadcast(1)));
  }

  @Test
  void wrongIdIsFoundAtLaterCopies() {
    SeenCache cache = new SeenCache(3, new KnownBroadcasts(UnpooledByteBufAllocator.DEFAULT));
    assertTrue(cache.addChecked(broadcast(1)));
    assertThrows(ProtocolViolation.class, () -> cache.addChecked(forged(1)));
    assertTrue(cache.add(broadcast(2)));
    assertThrows(ProtocolViolation.class, () -> cache.addChecked(forged(2)));
    assertFalse(cache.addChecked(broadcast(2)));
  }

  /** Large enough to be compared instead of hashed while it is in memory. */
  private static Broadcast large(String start) {
    byte[] payload = new byte[10_000];
    byte[] first = HexFormat.of().parseHex(start);
    System.arraycopy(first, 0, payload, 0, first.length);
    return new Broadcast(Command.BROADCAST_BLOCK, ByteBuffer.wrap(payload));
  }

  @Test
  void copiesOfLargeOnesAreKnownInMemoryAndLongAfter() {
    SeenCache cache = new SeenCache(100, new KnownBroadcasts(UnpooledByteBufAllocator.DEFAULT));
    Broadcast kept = large("01");
    assertTrue(cache.addChecked(kept));
    assertFalse(cache.addChecked(large("01")));
    assertFalse(cache.add(large("01")));
    for (int n = 0; n < 80; n++) {
      assertTrue(cache.addChecked(large("ff%02x".formatted(n))));
    }
    assertFalse(cache.addChecked(large("01")));
    assertEquals(81, cache.count());
    assertEquals(10_000, kept.payloadBytes()); // was in memory until here
  }

  /** The two starts leave the hash of the wire in the same state, so that both get the same id. */
  @Test
  void largeOnesWithTheSameIdAreTwo() {
    SeenCache cache = new SeenCache(100, new KnownBroadcasts(UnpooledByteBufAllocator.DEFAULT));
    Broadcast one = large("6ab748024fa5720edc22e84a");
    Broadcast other = large("7269a21b4ca12304792eff51");
    assertEquals(one.id(), other.id());
    for (int round = 0; round < 2; round++) {
      assertEquals(round == 0, cache.addChecked(one));
      assertEquals(round == 0, cache.addChecked(other));
    }
    Broadcast elsewhere = new Broadcast(Command.BROADCAST_TRANSACTION, one.payload());
    assertTrue(cache.addChecked(elsewhere));
  }

  @Test
  void largeOnesAreForgottenLikeOthers() {
    SeenCache cache = new SeenCache(2, new KnownBroadcasts(UnpooledByteBufAllocator.DEFAULT));
    Broadcast kept = large("01");
    assertTrue(cache.addChecked(kept));
    assertTrue(cache.addChecked(broadcast(1)));
    assertTrue(cache.addChecked(broadcast(2)));
    assertTrue(cache.addChecked(large("01")));
    assertEquals(10_000, kept.payloadBytes()); // was in memory until here
  }

  @Test
  void wrongIdOfALargeOneIsFoundAtLaterCopies() {
    SeenCache cache = new SeenCache(3, new KnownBroadcasts(UnpooledByteBufAllocator.DEFAULT));
    Broadcast genuine = large("01");
    assertTrue(cache.addChecked(genuine));
    byte[] payload = new byte[genuine.payloadBytes()];
    genuine.payload().get(payload);
    Message forged =
        Message.adopt(MessageType.BROADCAST, genuine.id().value() + 1, genuine.command(), payload);
    assertThrows(ProtocolViolation.class, () -> cache.addChecked(forged));
    assertFalse(cache.addChecked(large("01")));
  }

  @Test
  void whatAnotherNodeHasVerifiedIsNewHere() {
    KnownBroadcasts known = new KnownBroadcasts(UnpooledByteBufAllocator.DEFAULT);
    SeenCache here = new SeenCache(3, known);
    SeenCache there = new SeenCache(3, known);
    Broadcast kept = large("01");
    assertTrue(there.addChecked(kept));
    assertTrue(here.addChecked(large("01")));
    assertFalse(here.addChecked(large("01")));
    assertFalse(there.addChecked(large("01")));
    assertTrue(here.addChecked(large("02")));
    assertEquals(2, here.count());
    assertEquals(1, there.count());
    assertEquals(10_000, kept.payloadBytes()); // was in memory until here
  }

  @Test
  void whatNobodyHasVerifiedIsNotBelieved() {
    KnownBroadcasts known = new KnownBroadcasts(UnpooledByteBufAllocator.DEFAULT);
    SeenCache here = new SeenCache(3, known);
    Broadcast genuine = large("01");
    assertTrue(new SeenCache(3, known).addChecked(genuine));
    byte[] altered = new byte[genuine.payloadBytes()];
    genuine.payload().get(altered);
    altered[9_999] ^= 1;
    long id = genuine.id().value();
    Message forged = Message.adopt(MessageType.BROADCAST, id, genuine.command(), altered);
    assertThrows(ProtocolViolation.class, () -> here.addChecked(forged));
    assertEquals(0, here.count());
    assertTrue(here.addChecked(large("01")));
  }

  @Test
  void threadsThatHashAtTheSameTimeFindEachOnce() {
    SeenCache cache = new SeenCache(10_000, new KnownBroadcasts(UnpooledByteBufAllocator.DEFAULT));
    long firsts =
        IntStream.range(0, 40_000)
            .parallel()
            .filter(n -> cache.addChecked(broadcast(n % 10_000)))
            .count();
    assertEquals(10_000, firsts);
    assertEquals(10_000, cache.count());
  }
}
