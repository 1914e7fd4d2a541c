package bdk.p2p.message;

import java.nio.ByteBuffer;

/**
 * The eight id bytes of a message, as a big-endian number.
 *
 * @param value any 64 bits; unsigned
 */
public record MessageId(long value) {
  private static final long HASH_START = 2166136261L;
  private static final long HASH_FACTOR = 16777619L;

  /**
   * The id that a broadcast of this payload must carry: {@code h = 2166136261; for each byte b: h =
   * (16777619 * h) ^ b}, in 64-bit arithmetic. Easy to collide: never decide "seen before" by it
   * alone.
   */
  public static MessageId hashOf(ByteBuffer payload) {
    long hash = HASH_START;
    for (int index = payload.position(); index < payload.limit(); index++) {
      hash = (HASH_FACTOR * hash) ^ (payload.get(index) & 0xff);
    }
    return new MessageId(hash);
  }

  static long hash(byte[] payload) {
    long hash = HASH_START;
    for (byte value : payload) {
      hash = (HASH_FACTOR * hash) ^ (value & 0xff);
    }
    return hash;
  }

  // A record's own equals and hashCode are linked by method handles when they are first used, which
  // takes a new JVM long, and runs slowly until it is compiled; these are used for every message.

  /** True for the same eight bytes. */
  @Override
  public boolean equals(Object other) {
    return other instanceof MessageId id && value == id.value;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(value);
  }

  /** Sixteen hexadecimal digits. */
  @Override
  public String toString() {
    String digits = Long.toHexString(value);
    return "0".repeat(16 - digits.length()) + digits;
  }
}
