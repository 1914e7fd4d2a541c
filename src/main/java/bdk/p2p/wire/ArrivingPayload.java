package bdk.p2p.wire;

import bdk.p2p.message.Message;
import bdk.p2p.message.MessageType;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A payload as it arrives. Its memory follows the bytes that came, never the length that the header
 * claims: it starts with what is there and doubles, so it is at most twice the received bytes and
 * never more than the claimed length. A payload that is there at once is copied once, into an array
 * of its exact length.
 *
 * <p>Whenever a large broadcast needs memory it looks for an original of the same id first. What is
 * the same, byte for byte, is not kept; at the first byte that differs it goes on with an array of
 * its own.
 *
 * <p>Event loop only.
 */
final class ArrivingPayload {
  private static final byte[] EMPTY = {};

  private final FrameHeader header;
  private final Originals originals;
  private byte[] bytes = EMPTY;
  private int received;
  private int length;
  private boolean mayBeCopy;
  // What came is its beginning; null if there is none.
  private Message original;
  private ByteBuffer originalBytes;

  /**
   * @param header of the payload, complete while that arrives
   */
  ArrivingPayload(FrameHeader header, Originals originals) {
    this.header = header;
    this.originals = originals;
  }

  /** Begins the payload of the header, without reserving anything for it. */
  void begin() {
    assert bytes.length == 0 && original == null;
    length = header.payloadBytes();
    mayBeCopy = length >= Originals.LEAST_PAYLOAD_BYTES && header.type() == MessageType.BROADCAST;
  }

  /**
   * Takes what is still missing, as far as it is there.
   *
   * @return true if the payload is complete
   */
  boolean fill(ByteBuf in) {
    int taken = Math.min(in.readableBytes(), length - received);
    if (mayBeCopy && original == null && received + taken > bytes.length) {
      lookForOriginal();
    }
    if (original != null && !continuesWith(in, taken)) {
      partWithOriginal();
    }
    if (original != null) {
      in.skipBytes(taken);
    } else {
      makeRoomFor(received + taken);
      in.readBytes(bytes, received, taken);
    }
    received += taken;
    return received == length;
  }

  private void lookForOriginal() {
    original = originals.borrow(header.id(), header.command().code(), length);
    if (original != null) {
      originalBytes = original.payload();
      if (continuesWith(0, ByteBuffer.wrap(bytes, 0, received))) {
        bytes = EMPTY;
      } else {
        mayBeCopy = false;
        giveBack();
      }
    }
  }

  private boolean continuesWith(ByteBuf in, int count) {
    return continuesWith(received, in.nioBuffer(in.readerIndex(), count));
  }

  private boolean continuesWith(int offset, ByteBuffer more) {
    originalBytes.limit(offset + more.remaining()).position(offset);
    return originalBytes.equals(more);
  }

  private void partWithOriginal() {
    mayBeCopy = false;
    bytes = new byte[received];
    originalBytes.limit(received).position(0);
    originalBytes.get(bytes);
    giveBack();
  }

  private void giveBack() {
    originals.giveBack(original);
    original = null;
    originalBytes = null;
  }

  private void makeRoomFor(int needed) {
    if (needed > bytes.length) {
      int grown = Math.max(needed, Math.min(2 * bytes.length, length));
      bytes = bytes.length == 0 ? new byte[grown] : Arrays.copyOf(bytes, grown);
    }
  }

  /** The complete message, which is the original itself if this is a copy of it; forgets it. */
  Message take() {
    assert received == length && (original != null || bytes.length == length);
    Message message =
        original != null
            ? original
            : Message.adopt(header.type(), header.id(), header.command(), bytes);
    discard();
    return message;
  }

  /** Forgets what came. */
  void discard() {
    if (original != null) {
      giveBack();
    }
    bytes = EMPTY;
    received = 0;
    length = 0;
  }

  /** The memory in use, in bytes. */
  int capacityBytes() {
    return bytes.length;
  }
}
