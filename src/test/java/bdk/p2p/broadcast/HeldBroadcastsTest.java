package bdk.p2p.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bdk.p2p.message.Broadcast;
import bdk.p2p.message.Command;
import bdk.p2p.message.Message;
import bdk.p2p.wire.Originals;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeldBroadcastsTest {
  private final KnownBroadcasts known = new KnownBroadcasts(UnpooledByteBufAllocator.DEFAULT);
  private final Set<BroadcastKey> seen = new HashSet<>();
  private final HeldBroadcasts held = new HeldBroadcasts(known, seen::contains);

  private static Broadcast broadcast(int number, int bytes) {
    return new Broadcast(Command.BROADCAST_BLOCK, ByteBuffer.allocate(bytes).putInt(0, number));
  }

  private static BroadcastKey key(int number) {
    return new BroadcastKey(number, 0);
  }

  private void see(int number, Broadcast broadcast) {
    known.put(key(number), broadcast);
    seen.add(key(number));
  }

  private Message borrow(Message like) {
    return held.borrow(like.id().value(), like.command().code(), like.payloadBytes());
  }

  @Test
  void whatIsInMemoryIsLentForItsIdCommandAndLengthAlone() {
    Broadcast one = broadcast(1, 5000);
    see(1, one);
    assertSame(one, borrow(one));
    int code = one.command().code();
    assertNull(held.borrow(one.id().value() + 1, code, 5000));
    assertNull(held.borrow(one.id().value(), code + 1, 5000));
    assertNull(held.borrow(one.id().value(), code, 5001));
    assertEquals(5000, held.lentBytes());
  }

  @Test
  void smallOnesAreNotKnown() {
    Broadcast small = broadcast(1, Originals.LEAST_PAYLOAD_BYTES - 1);
    Broadcast large = broadcast(2, Originals.LEAST_PAYLOAD_BYTES);
    see(1, small);
    see(2, large);
    assertNull(borrow(small));
    assertSame(large, borrow(large));
    assertNull(known.keyOf(small));
    assertEquals(key(2), known.keyOf(broadcast(2, Originals.LEAST_PAYLOAD_BYTES)));
  }

  @Test
  void eachIsGivenBackAsOftenAsItIsLent() {
    Broadcast one = broadcast(1, 5000);
    see(1, one);
    borrow(one);
    borrow(one);
    assertEquals(5000, held.lentBytes());
    held.giveBack(one);
    assertEquals(5000, held.lentBytes());
    held.giveBack(one);
    assertEquals(0, held.lentBytes());
    assertThrows(IllegalStateException.class, () -> held.giveBack(one));
  }

  @Test
  void lentBytesHaveABoundAndRoomComesBack() {
    int bytes = (int) (HeldBroadcasts.MOST_LENT_BYTES / 4);
    List<Broadcast> five = new ArrayList<>();
    for (int number = 0; number < 5; number++) {
      five.add(broadcast(number, bytes));
      see(number, five.get(number));
    }
    five.subList(0, 4).forEach(one -> assertSame(one, borrow(one)));
    assertNull(borrow(five.get(4)));
    assertSame(five.get(0), borrow(five.get(0)), "one that is lent costs nothing more");
    assertEquals(HeldBroadcasts.MOST_LENT_BYTES, held.lentBytes());
    held.giveBack(five.get(1));
    assertSame(five.get(4), borrow(five.get(4)));
  }

  @Test
  void whatOnlyOthersHaveSeenIsElsewhere() {
    Broadcast one = broadcast(1, 5000);
    known.put(key(1), one);
    int code = one.command().code();
    assertNull(borrow(one));
    assertSame(one, held.elsewhere(one.id().value(), code, 5000));
    assertNull(held.elsewhere(one.id().value(), code, 5001));
    seen.add(key(1));
    assertNull(held.elsewhere(one.id().value(), code, 5000));
    assertSame(one, borrow(one));
    assertEquals(5000, held.lentBytes());
    held.giveBack(one);
    held.giveBack(one);
    assertEquals(0, held.lentBytes());
  }
}
