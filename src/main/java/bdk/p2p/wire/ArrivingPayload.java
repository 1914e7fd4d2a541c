package bdk.p2p.wire;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * A payload as it arrives. Its memory follows the bytes that came, never the length that the header
 * claims: it starts with what is there and doubles, so it is at most twice the received bytes and
 * never more than the claimed length. A payload that is there at once is copied once, into an array
 * of its exact length.
 *
 * <p>Event loop only.
 */
final class ArrivingPayload {
  private static final byte[] EMPTY = {};

  private byte[] bytes = EMPTY;
  private int received;
  private int length;

  /** Begins a payload of this length, without reserving anything for it. */
  void expect(int length) {
    assert bytes.length == 0;
    this.length = length;
  }

  /**
   * Takes what is still missing, as far as it is there.
   *
   * @return true if the payload is complete
   */
  boolean fill(ByteBuf in) {
    int taken = Math.min(in.readableBytes(), length - received);
    makeRoomFor(received + taken);
    in.readBytes(bytes, received, taken);
    received += taken;
    return received == length;
  }

  private void makeRoomFor(int needed) {
    if (needed > bytes.length) {
      int grown = Math.max(needed, Math.min(2 * bytes.length, length));
      bytes = bytes.length == 0 ? new byte[grown] : Arrays.copyOf(bytes, grown);
    }
  }

  /** Gives the complete payload away; forgets it. */
  byte[] take() {
    assert received == length && bytes.length == length;
    byte[] complete = bytes;
    discard();
    return complete;
  }

  /** Forgets what came. */
  void discard() {
    bytes = EMPTY;
    received = 0;
    length = 0;
  }

  /** The memory in use, in bytes. */
  int capacityBytes() {
    return bytes.length;
  }
}
