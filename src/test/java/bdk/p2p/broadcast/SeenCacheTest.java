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
import java.nio.ByteBuffer;
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
    SeenCache cache = new SeenCache(10);
    assertTrue(cache.add(broadcast(1)));
    assertFalse(cache.add(broadcast(1)));
    assertTrue(cache.add(broadcast(2)));
    assertTrue(cache.add(broadcast(Command.BROADCAST_TRANSACTION, 1)));
    assertEquals(3, cache.count());
  }

  @Test
  void firstSeenIsForgottenFirstAndSeeingItAgainDoesNotKeepIt() {
    SeenCache cache = new SeenCache(3);
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
    SeenCache cache = new SeenCache(3);
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
    SeenCache cache = new SeenCache(3);
    assertThrows(ProtocolViolation.class, () -> cache.addChecked(forged(1)));
    assertEquals(0, cache.count());
    assertTrue(cache.addChecked(broadcast(1)));
    assertFalse(cache.addChecked(broadcast(1)));
  }

  @Test
  void wrongIdIsFoundAtLaterCopies() {
    SeenCache cache = new SeenCache(3);
    assertTrue(cache.addChecked(broadcast(1)));
    assertThrows(ProtocolViolation.class, () -> cache.addChecked(forged(1)));
    assertTrue(cache.add(broadcast(2)));
    assertThrows(ProtocolViolation.class, () -> cache.addChecked(forged(2)));
    assertFalse(cache.addChecked(broadcast(2)));
  }
}
