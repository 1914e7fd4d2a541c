package bdk.p2p.wire;

import bdk.p2p.message.Message;
import bdk.p2p.message.MessageType;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A payload as it arrives. Its memory follows the bytes that came, never the length that the header
 * claims: pieces, each as long as all before it, so it is at most twice the received bytes; once
 * half of the payload is there, an array of its exact length, which the pieces are copied into. A
 * payload of which half is there at once is copied once.
 *
 * <p>A large broadcast comes from several peers at a time. Whenever it needs memory, and when its
 * last byte comes, it looks for an original of the same id first. What is the same, byte for byte,
 * is not kept; at the first byte that differs it goes on with an array of its own. So that it looks
 * often, its pieces are short, and copied when all are there.
 *
 * <p>Event loop only.
 */
final class ArrivingPayload {
  private static final byte[] EMPTY = {};
  private static final int LONGEST_PIECE_OF_COPY_BYTES = 65_536;

  private final FrameHeader header;
  private final Originals originals;
  // In order and full but for the last one.
  private final List<byte[]> pieces = new ArrayList<>(0);
  private int capacity;
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
    assert pieces.isEmpty() && original == null;
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
    int soon = received + taken;
    if (mayBeCopy && original == null && (soon > capacity || soon == length)) {
      lookForOriginal();
    }
    if (original != null && !continuesWith(in, taken)) {
      partWithOriginal();
    }
    if (original != null) {
      in.skipBytes(taken);
      received += taken;
    } else {
      store(in, taken);
    }
    return received == length;
  }

  private void lookForOriginal() {
    original = originals.borrow(header.id(), header.command().code(), length);
    if (original != null) {
      originalBytes = original.payload();
      if (beginsWithWhatCame()) {
        forgetPieces();
      } else {
        mayBeCopy = false;
        giveBack();
      }
    }
  }

  private boolean beginsWithWhatCame() {
    int offset = 0;
    for (byte[] piece : pieces) {
      int count = Math.min(piece.length, received - offset);
      if (!continuesWith(offset, ByteBuffer.wrap(piece, 0, count))) {
        return false;
      }
      offset += count;
    }
    return true;
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
    byte[] beginning = new byte[received];
    originalBytes.limit(received).position(0);
    originalBytes.get(beginning);
    add(beginning);
    giveBack();
  }

  private void giveBack() {
    originals.giveBack(original);
    original = null;
    originalBytes = null;
  }

  private void store(ByteBuf in, int count) {
    for (int left = count; left > 0; ) {
      if (received == capacity) {
        grow(left);
      }
      byte[] last = pieces.get(pieces.size() - 1);
      int room = capacity - received;
      int stored = Math.min(room, left);
      in.readBytes(last, last.length - room, stored);
      received += stored;
      left -= stored;
    }
  }

  /** Makes room for more than was received, if there is that much to come. */
  private void grow(int more) {
    if (mayBeCopy) {
      int piece = Math.max(more, Math.min(received, LONGEST_PIECE_OF_COPY_BYTES));
      add(new byte[Math.min(piece, length - received)]);
    } else if (received + more >= length - length / 2) {
      add(joined(new byte[length]));
    } else {
      add(new byte[Math.max(more, received)]);
    }
  }

  /** The same array, which begins with the pieces now. */
  private byte[] joined(byte[] whole) {
    int offset = 0;
    for (int n = 0; n < pieces.size(); n++) { // without an iterator: mostly there are none
      byte[] piece = pieces.get(n);
      System.arraycopy(piece, 0, whole, offset, piece.length);
      offset += piece.length;
    }
    forgetPieces();
    return whole;
  }

  private void add(byte[] piece) {
    pieces.add(piece);
    capacity += piece.length;
  }

  private void forgetPieces() {
    pieces.clear();
    capacity = 0;
  }

  /** The complete message, which is the original itself if this is a copy of it; forgets it. */
  Message take() {
    assert received == length && (original != null || capacity == length);
    Message message =
        original != null
            ? original
            : Message.adopt(header.type(), header.id(), header.command(), whole());
    discard();
    return message;
  }

  private byte[] whole() {
    return switch (pieces.size()) {
      case 0 -> EMPTY;
      case 1 -> pieces.get(0);
      default -> joined(new byte[length]);
    };
  }

  /** Forgets what came. */
  void discard() {
    if (original != null) {
      giveBack();
    }
    forgetPieces();
    received = 0;
    length = 0;
  }

  /** The memory in use, in bytes. */
  int capacityBytes() {
    return capacity;
  }
}
