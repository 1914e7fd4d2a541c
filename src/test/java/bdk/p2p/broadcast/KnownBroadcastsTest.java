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

  private final Broadcast large = broadcast(Originals.LEAST_PAYLOAD_BYTES, 1);

  private static Broadcast broadcast(int bytes, int number) {
    return new Broadcast(Command.BROADCAST_BLOCK, ByteBuffer.allocate(bytes).putInt(0, number));
  }

  private ByteBuf frameOfLarge() {
    known.put(KEY, large); // as the first node that sees it does, and each one after
    return known.frame(large);
  }

  private static void assertFrameOf(Broadcast broadcast, ByteBuf frame) {
    ByteBuf own = FrameEncoder.encode(UnpooledByteBufAllocator.DEFAULT, broadcast);
    assertEquals(ByteBufUtil.hexDump(own), ByteBufUtil.hexDump(frame));
    own.release();
  }

  private static void assertOwnFrames(KnownBroadcasts known, Broadcast broadcast) {
    ByteBuf one = known.frame(broadcast);
    ByteBuf other = known.frame(broadcast);
    assertNotSame(one, other);
    assertEquals(1, one.refCnt());
    assertFrameOf(broadcast, one);
    one.release();
    other.release();
  }

  @Test
  void whoSendsTheSameBroadcastAtOneTimeHasTheSameFrame() {
    ByteBuf one = frameOfLarge();
    ByteBuf other = frameOfLarge();
    assertSame(one, other);
    assertEquals(2, one.refCnt());
    assertFrameOf(large, other);
    one.release(2);
    assertEquals(0, heap.metric().usedHeapMemory());
  }

  @Test
  void frameThatWasFreedIsEncodedAnew() {
    ByteBuf gone = frameOfLarge();
    gone.release();
    ByteBuf frame = frameOfLarge();
    assertNotSame(gone, frame);
    assertEquals(1, frame.refCnt());
    assertFrameOf(large, frame);
    frame.release();
  }

  @Test
  void frameOfAnEqualBroadcastOfAnotherOriginIsNotShared() {
    ByteBuf one = frameOfLarge();
    ByteBuf other = known.frame(broadcast(Originals.LEAST_PAYLOAD_BYTES, 1));
    assertNotSame(one, other);
    assertFrameOf(large, other);
    one.release();
    other.release();
  }

  @Test
  void smallOnesAndThoseThatNobodyKnowsHaveFramesOfTheirOwn() {
    Broadcast small = broadcast(Originals.LEAST_PAYLOAD_BYTES - 1, 2);
    known.put(KEY, small);
    assertOwnFrames(known, small);
    assertOwnFrames(known, broadcast(Originals.LEAST_PAYLOAD_BYTES, 3));
    assertEquals(0, heap.metric().usedHeapMemory());
  }

  @Test
  void framesOfAPoolAreNotShared() {
    KnownBroadcasts pooled = new KnownBroadcasts(new PooledByteBufAllocator(false));
    pooled.put(KEY, large);
    assertOwnFrames(pooled, large);
  }
}
