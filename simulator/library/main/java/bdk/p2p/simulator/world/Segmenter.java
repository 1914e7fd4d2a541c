package bdk.p2p.simulator.world;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.random.RandomGenerator;

/**
 * Cuts what was flushed into segments without regard to where one message ends and the next begins:
 * full ones, and now and then one of any length, as a receiver must expect of a stream.
 */
final class Segmenter {
  private static final int SHORT_CUT_ODDS = 8;
  private static final int SHARED_LEAST_BYTES = 4_096;

  private final RandomGenerator random;
  private final int largestBytes;

  Segmenter(RandomGenerator random, int largestBytes) {
    this.random = random;
    this.largestBytes = largestBytes;
  }

  /**
   * Takes the next segment out of the flushed messages, which keep their reader indexes; it belongs
   * to the caller. A large message is shared with its writer, small ones are copied together.
   *
   * @param roomBytes at most so many; at least 1
   */
  ByteBuf next(ChannelOutboundBuffer flushed, ByteBufAllocator allocator, int roomBytes)
      throws Exception {
    int limit = Math.min(roomBytes, largestBytes);
    ByteBuf first = (ByteBuf) flushed.current();
    int fromFirst = Math.min(limit, first.readableBytes());
    boolean isAll = fromFirst == limit || flushed.size() == 1;
    ByteBuf segment =
        isAll && fromFirst >= SHARED_LEAST_BYTES
            ? first.retainedSlice(first.readerIndex(), fromFirst)
            : copied(flushed, allocator, limit);
    if (segment.readableBytes() > 1 && random.nextInt(SHORT_CUT_ODDS) == 0) {
      segment.writerIndex(1 + random.nextInt(segment.readableBytes()));
    }
    return segment;
  }

  private static ByteBuf copied(
      ChannelOutboundBuffer flushed, ByteBufAllocator allocator, int limit) throws Exception {
    int capacity = (int) Math.min(limit, flushed.totalPendingWriteBytes());
    ByteBuf segment = allocator.heapBuffer(capacity);
    try {
      flushed.forEachFlushedMessage(message -> fill(segment, (ByteBuf) message, limit));
    } catch (Exception | Error failed) {
      segment.release();
      throw failed;
    }
    return segment;
  }

  /** True if there is room for more. */
  private static boolean fill(ByteBuf segment, ByteBuf message, int limit) {
    int count = Math.min(message.readableBytes(), limit - segment.readableBytes());
    segment.writeBytes(message, message.readerIndex(), count);
    return segment.readableBytes() < limit;
  }
}
