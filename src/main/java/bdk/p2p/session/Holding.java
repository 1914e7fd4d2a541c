package bdk.p2p.session;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many messages and how many bytes something holds, in one number, so that a message costs one
 * atomic step and both counts are of the same moment. Any thread.
 *
 * <pre>
 *  63            40 39                 0
 *  +---------------+-------------------+
 *  | messages (24) | bytes (40)        |      at most 16 million messages and a tebibyte
 *  +---------------+-------------------+
 * </pre>
 */
final class Holding {
  private static final int BYTES_BITS = 40;
  private static final long BYTES_MASK = (1L << BYTES_BITS) - 1;

  private final AtomicLong value = new AtomicLong();

  /** Adds to both, or takes away; returns what was held before. */
  long add(int messages, long bytes) {
    // Bytes that are taken away borrow from the messages and give it back: the sum is right.
    return value.getAndAdd(((long) messages << BYTES_BITS) + bytes);
  }

  /** What is held, for {@link #messages} and {@link #bytes}. */
  long get() {
    return value.get();
  }

  static int messages(long held) {
    return (int) (held >>> BYTES_BITS);
  }

  static long bytes(long held) {
    return held & BYTES_MASK;
  }
}
