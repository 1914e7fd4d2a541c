package bdk.p2p.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;

/**
 * Buffers that arrived and are not decoded yet, in order. Owns them.
 *
 * <p>The transport reads into buffers of up to 64 KiB, however few bytes come. A buffer that stays
 * is therefore {@linkplain #fitFirst fitted}: at least half of it are bytes still to decode.
 *
 * <p>Event loop only.
 */
final class UndecodedBytes {
  private final ArrayDeque<ByteBuf> buffers = new ArrayDeque<>(2);

  /** Takes the buffer over. */
  void add(ByteBuf bytes) {
    buffers.addLast(bytes);
  }

  /** The buffer to decode now; stays owned by this. Not to be called when empty. */
  ByteBuf first() {
    return buffers.getFirst();
  }

  /** Releases the first buffer, which has been decoded to its end. */
  void releaseFirst() {
    buffers.removeFirst().release();
  }

  boolean isEmpty() {
    return buffers.isEmpty();
  }

  /** Moves the bytes of the first buffer to one of their size if more than half of it is unused. */
  void fitFirst(ByteBufAllocator allocator) {
    ByteBuf first = buffers.getFirst();
    if (isWasteful(first)) {
      ByteBuf fitted = copyOf(first, allocator);
      releaseFirst();
      buffers.addFirst(fitted);
    }
  }

  /** As {@link #fitFirst}, for the buffer that came last. */
  void fitLast(ByteBufAllocator allocator) {
    ByteBuf last = buffers.getLast();
    if (isWasteful(last)) {
      ByteBuf fitted = copyOf(last, allocator);
      buffers.removeLast().release();
      buffers.addLast(fitted);
    }
  }

  private static boolean isWasteful(ByteBuf bytes) {
    return 2L * bytes.readableBytes() < bytes.capacity();
  }

  private static ByteBuf copyOf(ByteBuf bytes, ByteBufAllocator allocator) {
    int size = bytes.readableBytes();
    return allocator.buffer(size, size).writeBytes(bytes);
  }

  /** The memory in use, in bytes. */
  long capacityBytes() {
    long sum = 0;
    for (ByteBuf bytes : buffers) {
      sum += bytes.capacity();
    }
    return sum;
  }

  /** Releases everything. */
  void discard() {
    while (!buffers.isEmpty()) {
      releaseFirst();
    }
  }
}
