package bdk.p2p.wire;

import java.util.Arrays;

/**
 * Bytes of a fuzzer, read as a stream of bytes and how it was cut on its way.
 *
 * <pre>
 *  0       1       2         2+n
 *  +-------+-------+---------+--------
 *  | flags | n     | n cuts  | stream        cut: size of a piece (5 bits), how it comes (3 bits)
 *  +-------+-------+---------+--------
 * </pre>
 *
 * <p>The cuts are used one after the other, from the beginning again when they are used up; without
 * any the stream is one piece.
 *
 * @param flags what the target makes of them
 * @param cuts the cuts
 * @param stream the bytes that arrive
 */
record CutStream(int flags, byte[] cuts, byte[] stream) {
  /** How a piece comes; the others come in a buffer of their size. */
  enum Arrival {
    PLAIN,
    LARGE,
    ROOMY,
    THEN_RESUMED,
    PAUSED_BEFORE
  }

  private static final int SIZE_BITS = 5;
  private static final int LARGE_FACTOR = 64;

  static CutStream of(byte[] data) {
    int cutCount = data.length < 2 ? 0 : Math.min(data[1] & 0xff, data.length - 2);
    return new CutStream(
        data.length == 0 ? 0 : data[0] & 0xff,
        Arrays.copyOfRange(data, Math.min(2, data.length), Math.min(2, data.length) + cutCount),
        Arrays.copyOfRange(data, Math.min(2 + cutCount, data.length), data.length));
  }

  /** How the piece of this index comes. */
  Arrival arrival(int index) {
    Arrival[] all = Arrival.values();
    int code = cuts.length == 0 ? 0 : (cut(index) & 0xff) >> SIZE_BITS;
    return code < all.length ? all[code] : Arrival.PLAIN;
  }

  /** Where the piece of this index ends that begins here. */
  int end(int index, int from) {
    if (cuts.length == 0) {
      return stream.length;
    }
    int size = cut(index) & ((1 << SIZE_BITS) - 1);
    int factor = arrival(index) == Arrival.LARGE ? LARGE_FACTOR : 1;
    // Empty pieces come in the first round only, so that it ends.
    int least = index < cuts.length ? 0 : 1;
    return Math.min(stream.length, from + Math.max(size * factor, least));
  }

  private byte cut(int index) {
    return cuts[index % cuts.length];
  }
}
