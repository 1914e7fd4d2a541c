package bdk.p2p.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bdk.p2p.message.Broadcast;
import bdk.p2p.message.Command;
import bdk.p2p.message.Message;
import bdk.p2p.wire.Originals;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldBroadcastsTest {
  private final HeldBroadcasts<Integer> held = new HeldBroadcasts<>();

  private static Broadcast broadcast(int number, int bytes) {
    return new Broadcast(Command.BROADCAST_BLOCK, ByteBuffer.allocate(bytes).putInt(0, number));
  }

  private Message borrow(Message like) {
    return held.borrow(like.id().value(), like.command().code(), like.payloadBytes());
  }

  @Test
  void whatIsInMemoryIsLentForItsIdCommandAndLengthAlone() {
    Broadcast one = broadcast(1, 5000);
    held.put(1, one);
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
    held.put(1, small);
    held.put(2, large);
    assertNull(borrow(small));
    assertSame(large, borrow(large));
    assertNull(held.keyOf(small));
    assertEquals(2, held.keyOf(broadcast(2, Originals.LEAST_PAYLOAD_BYTES)));
  }

  @Test
  void eachIsGivenBackAsOftenAsItIsLent() {
    Broadcast one = broadcast(1, 5000);
    held.put(1, one);
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
      held.put(number, five.get(number));
    }
    five.subList(0, 4).forEach(one -> assertSame(one, borrow(one)));
    assertNull(borrow(five.get(4)));
    assertSame(five.get(0), borrow(five.get(0)), "one that is lent costs nothing more");
    assertEquals(HeldBroadcasts.MOST_LENT_BYTES, held.lentBytes());
    held.giveBack(five.get(1));
    assertSame(five.get(4), borrow(five.get(4)));
  }
}
