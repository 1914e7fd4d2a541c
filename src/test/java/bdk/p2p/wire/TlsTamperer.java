package bdk.p2p.wire;

import java.util.Arrays;

/**
 * Stands between two ends of a TLS connection. Each record of one end takes the next order; when
 * they are used up, everything passes.
 *
 * <pre>
 *  0 passes     1 at, mask: changes a byte     2 n, bytes: come before it
 *  3 at: the end is missing     4 is missing     5 comes twice     6 at: comes in two pieces
 *  7 n, bytes: its end says them, beneath TLS; the record passes
 *  8 its end says that nothing more comes; the record passes
 * </pre>
 */
final class TlsTamperer {
  private static final int HEADER_BYTES = 5;
  private static final int ORDERS = 9;

  private final byte[] orders;
  private int next;
  private boolean hasAltered;
  private boolean hasEnded;

  TlsTamperer(byte[] orders) {
    this.orders = orders;
  }

  /** Whether anything has come otherwise than it was sent, but for pieces. */
  boolean hasAltered() {
    return hasAltered;
  }

  /** Whether the end took its leave when all was well. */
  boolean hasEnded() {
    return hasEnded;
  }

  /** Whether one more order was obeyed though no record came: to say something. */
  boolean goesOn(TlsEnd from, TlsEnd to) {
    if (next >= orders.length || !to.line.isOpen() || !from.line.isOpen()) {
      return false;
    }
    obey(new byte[0], from, to);
    return true;
  }

  /** What one end has written goes to the other. */
  void pass(byte[] written, TlsEnd from, TlsEnd to) {
    int offset = 0;
    while (offset < written.length) {
      int size = HEADER_BYTES + 256 * (written[offset + 3] & 0xff) + (written[offset + 4] & 0xff);
      obey(Arrays.copyOfRange(written, offset, offset + size), from, to);
      offset += size;
    }
  }

  private int number() {
    return next < orders.length ? orders[next++] & 0xff : 0;
  }

  /** Places near the beginning are as frequent as all others. */
  private int place(int length) {
    int number = number();
    return Math.min(length, number < 128 ? number : length * (number - 128) / 127);
  }

  private byte[] text() {
    int size = Math.min(number(), orders.length - next);
    next += size;
    return Arrays.copyOfRange(orders, next - size, next);
  }

  private void obey(byte[] whole, TlsEnd from, TlsEnd to) {
    byte[] bytes = whole.clone();
    switch (number() % ORDERS) {
      case 1 -> {
        int at = place(bytes.length);
        int mask = number();
        if (at < bytes.length) {
          bytes[at] ^= (byte) mask;
        }
      }
      case 2 -> bytes = DecoderRig.join(text(), bytes);
      case 3 -> bytes = Arrays.copyOf(bytes, place(bytes.length));
      case 4 -> bytes = new byte[0];
      case 5 -> bytes = DecoderRig.join(bytes, bytes);
      case 6 -> {
        int at = place(bytes.length);
        to.arrive(Arrays.copyOf(bytes, at), 0);
        bytes = Arrays.copyOfRange(bytes, at, bytes.length);
        to.arrive(bytes, 0);
        return;
      }
      case 7 -> from.say(text());
      case 8 -> {
        boolean isWell = !hasAltered && to.isProved() && from.isProved();
        hasEnded |= isWell;
        hasAltered |= !isWell;
        from.takeLeave();
      }
      default -> {}
    }
    hasAltered |= !Arrays.equals(whole, bytes);
    to.arrive(bytes, 0);
  }
}
