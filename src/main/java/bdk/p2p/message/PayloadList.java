package bdk.p2p.message;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * How several opaque items share one payload: each behind its length, nothing between them.
 *
 * <pre>
 *  0            w
 *  +------------+--------------+------------+-----
 *  | length n   | n bytes      | length ... |        w = 4 for transactions, 8 for blocks
 *  +------------+--------------+------------+-----
 * </pre>
 */
public enum PayloadList {
  /** Lengths of 4 bytes: the answers to RequestTxs and RequestValidatorTxs. */
  TRANSACTIONS(4),
  /** Lengths of 8 bytes: the answer to RequestBlock. */
  BLOCKS(8);

  private final int lengthBytes;

  PayloadList(int lengthBytes) {
    this.lengthBytes = lengthBytes;
  }

  /**
   * Puts the items behind each other, contents untouched.
   *
   * @throws IllegalArgumentException if the sum is above 2 GiB
   */
  public ByteBuffer join(List<ByteBuffer> items) {
    long total = 0;
    for (ByteBuffer item : items) {
      total += lengthBytes + item.remaining();
    }
    if (total > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a list of " + total + " bytes is above the limit of " + Integer.MAX_VALUE);
    }
    ByteBuffer joined = ByteBuffer.allocate((int) total);
    for (ByteBuffer item : items) {
      if (lengthBytes == 4) {
        joined.putInt(item.remaining());
      } else {
        joined.putLong(item.remaining());
      }
      joined.put(item.duplicate());
    }
    return joined.flip();
  }

  /**
   * Takes the items apart: read-only views of the payload, nothing is copied. Lists in answers that
   * the core hands out were checked on arrival and never fail here.
   *
   * @throws IllegalArgumentException if a length does not fit, naming offset, length and what is
   *     left
   */
  public List<ByteBuffer> split(ByteBuffer payload) {
    List<ByteBuffer> items = new ArrayList<>();
    walk(payload, items);
    return List.copyOf(items);
  }

  /**
   * Checks the lengths without making views.
   *
   * @return the number of items
   * @throws IllegalArgumentException as {@link #split}
   */
  public int check(ByteBuffer payload) {
    return walk(payload, null);
  }

  private int walk(ByteBuffer payload, List<ByteBuffer> items) {
    ByteBuffer bytes = payload.asReadOnlyBuffer();
    int start = bytes.position();
    int count = 0;
    while (bytes.hasRemaining()) {
      int offset = bytes.position() - start;
      if (bytes.remaining() < lengthBytes) {
        throw new IllegalArgumentException(
            "a length of " + lengthBytes + " bytes is cut off at offset " + offset);
      }
      long length = lengthBytes == 4 ? bytes.getInt() & 0xffff_ffffL : bytes.getLong();
      if (length < 0 || length > bytes.remaining()) {
        throw new IllegalArgumentException(
            "an item of "
                + Long.toUnsignedString(length)
                + " bytes at offset "
                + offset
                + " is longer than the "
                + bytes.remaining()
                + " bytes left");
      }
      if (items != null) {
        items.add(bytes.slice(bytes.position(), (int) length));
      }
      bytes.position(bytes.position() + (int) length);
      count++;
    }
    return count;
  }
}
