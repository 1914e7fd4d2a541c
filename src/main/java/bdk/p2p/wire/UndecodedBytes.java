package bdk.p2p.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Buffers that arrived and are not decoded yet, in order. Owns them.
 *
 * <p>The transport reads into buffers of up to 64 KiB, however few bytes come. A buffer that stays
 * is therefore {@linkplain #fitFirst fitted}: at least half of it are bytes still to decode.
 *
 * <p>Event loop only.
 */
final class UndecodedBytes {
  // Most sessions have one buffer or none.
  private ByteBuf first;
  // Behind the first one; null until there was a second.
  private Deque<ByteBuf> others;

  /** Takes the buffer over. */
  void add(ByteBuf bytes) {
    if (first == null) {
      first = bytes;
      return;
    }
    if (others == null) {
      others = new ArrayDeque<>(2);
    }
    others.addLast(bytes);
  }

  /** The buffer to decode now; stays owned by this. Not to be called when empty. */
  ByteBuf first() {
    return first;
  }

  /** Releases the first buffer, which has been decoded to its end. */
  void releaseFirst() {
    ByteBuf decoded = first;
    first = others == null ? null : others.pollFirst();
    decoded.release();
  }

  boolean isEmpty() {
    return first == null;
  }

  /** Moves the bytes of the first buffer to one of their size if more than half of it is unused. */
  void fitFirst(ByteBufAllocator allocator) {
    first = fitted(first, allocator);
  }

  /** As {@link #fitFirst}, for the buffer that came last. */
  void fitLast(ByteBufAllocator allocator) {
    if (others == null || others.isEmpty()) {
      fitFirst(allocator);
    } else {
      others.addLast(fitted(others.removeLast(), allocator));
    }
  }

  private static ByteBuf fitted(ByteBuf bytes, ByteBufAllocator allocator) {
    int size = bytes.readableBytes();
    if (2L * size >= bytes.capacity()) {
      return bytes;
    }
    ByteBuf copy = allocator.buffer(size, size).writeBytes(bytes);
    bytes.release();
    return copy;
  }

  /** The memory in use, in bytes. */
  long capacityBytes() {
    long sum = first == null ? 0 : first.capacity();
    if (others != null) {
      for (ByteBuf bytes : others) {
        sum += bytes.capacity();
      }
    }
    return sum;
  }

  /** Releases everything. */
  void discard() {
    while (first != null) {
      releaseFirst();
    }
  }
}
