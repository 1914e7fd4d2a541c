package bdk.p2p.message;

import java.nio.ByteBuffer;

/**
 * Which blocks a {@link Command#REQUEST_BLOCK} asks for. All numbers are unsigned.
 *
 * @param fromHeight the first height
 * @param toHeight the last height, included
 * @param byteLimit the answer ends after the block that reaches this many bytes, so it holds at
 *     least one block if there is any
 */
public record BlockRange(long fromHeight, long toHeight, long byteLimit) {
  /** The length of the payload of such a request. */
  public static final int BYTES = 24;

  /**
   * Reads the payload of a request.
   *
   * @throws IllegalArgumentException if it has not {@value #BYTES} bytes
   */
  public static BlockRange decode(ByteBuffer payload) {
    if (payload.remaining() != BYTES) {
      throw new IllegalArgumentException(
          "a block range has " + BYTES + " bytes, not " + payload.remaining());
    }
    int start = payload.position();
    ByteBuffer bytes = payload.duplicate();
    return new BlockRange(
        bytes.getLong(start), bytes.getLong(start + 8), bytes.getLong(start + 16));
  }

  /** The payload of a request for this range. */
  public ByteBuffer encode() {
    return ByteBuffer.allocate(BYTES)
        .putLong(fromHeight)
        .putLong(toHeight)
        .putLong(byteLimit)
        .flip();
  }
}
