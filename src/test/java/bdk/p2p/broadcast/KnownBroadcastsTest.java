package bdk.p2p.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import bdk.p2p.message.Broadcast;
import bdk.p2p.message.Command;
import bdk.p2p.wire.FrameEncoder;
import bdk.p2p.wire.Originals;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class KnownBroadcastsTest {
  private static final BroadcastKey KEY = new BroadcastKey(1, 2);

  private final UnpooledByteBufAllocator heap = new UnpooledByteBufAllocator(false);
  private final KnownBroadcasts known = new KnownBroadcasts(heap);

  private static Broadcast broadcast(int bytes) {
    return new Broadcast(Command.BROADCAST_BLOCK, ByteBuffer.allocate(bytes).putInt(0, 7));
  }

  private static void assertFrameOf(Broadcast broadcast, ByteBuf frame) {
    ByteBuf own = FrameEncoder.encode(UnpooledByteBufAllocator.DEFAULT, broadcast);
    assertEquals(ByteBufUtil.hexDump(own), ByteBufUtil.hexDump(frame));
    own.release();
  }

  @Test
  void whoSendsTheSameBroadcastAtOneTimeHasTheSameFrame() {
    Broadcast large = broadcast(Originals.LEAST_PAYLOAD_BYTES);
    known.put(KEY, large);
    ByteBuf one = known.frame(large);
    known.put(KEY, large); // the next node sees it for the first time
    ByteBuf other = known.frame(large);
    assertSame(one, other);
    assertEquals(2, one.refCnt());
    assertFrameOf(large, other);
    one.release(2);
    assertEquals(0, heap.metric().usedHeapMemory());
  }

  @Test
  void frameThatWasFreedIsEncodedAnew() {
    Broadcast large = broadcast(Originals.LEAST_PAYLOAD_BYTES);
    known.put(KEY, large);
    ByteBuf gone = known.frame(large);
    gone.release();
    ByteBuf frame = known.frame(large);
    assertNotSame(gone, frame);
    assertEquals(1, frame.refCnt());
    assertFrameOf(large, frame);
    frame.release();
  }

  @Test
  void frameOfAnEqualBroadcastOfAnotherOriginIsNotShared() {
    Broadcast large = broadcast(Originals.LEAST_PAYLOAD_BYTES);
    known.put(KEY, large);
    ByteBuf one = known.frame(large);
    Broadcast equal = broadcast(Originals.LEAST_PAYLOAD_BYTES);
    ByteBuf other = known.frame(equal);
    assertNotSame(one, other);
    assertFrameOf(equal, other);
    one.release();
    other.release();
  }

  @Test
  void smallOnesAndThoseThatNobodyKnowsHaveFramesOfTheirOwn() {
    Broadcast small = broadcast(Originals.LEAST_PAYLOAD_BYTES - 1);
    known.put(KEY, small);
    Broadcast unknown = broadcast(Originals.LEAST_PAYLOAD_BYTES);
    for (Broadcast each : new Broadcast[] {small, unknown}) {
      ByteBuf one = known.frame(each);
      ByteBuf other = known.frame(each);
      assertNotSame(one, other);
      assertFrameOf(each, one);
      one.release();
      other.release();
    }
    assertEquals(0, heap.metric().usedHeapMemory());
  }

  @Test
  void framesOfAPoolAreNotShared() {
    KnownBroadcasts pooled = new KnownBroadcasts(new PooledByteBufAllocator(false));
    Broadcast large = broadcast(Originals.LEAST_PAYLOAD_BYTES);
    pooled.put(KEY, large);
    ByteBuf one = pooled.frame(large);
    ByteBuf other = pooled.frame(large);
    assertNotSame(one, other);
    assertEquals(1, one.refCnt());
    one.release();
    other.release();
  }
}
