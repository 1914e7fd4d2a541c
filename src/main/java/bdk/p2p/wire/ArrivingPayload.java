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
 * <p>Where only another node of the process has an original, what came is not kept either, but
 * counts as if it were.
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
  private boolean mayBeElsewhere;
  // What came is its beginning; null if there is none.
  private Message original;
  private ByteBuffer originalBytes;
  // It is another node's: the capacity is that of the pieces that there would be.
  private boolean isElsewhere;

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
    mayBeElsewhere = mayBeCopy;
  }

  /**
   * Takes what is still missing, as far as it is there.
   *
   * @return true if the payload is complete
   */
  boolean fill(ByteBuf in) {
    int taken = Math.min(in.readableBytes(), length - received);
    int soon = received + taken;
    boolean looks = soon > capacity || soon == length;
    if (mayBeCopy && looks && (original == null || isElsewhere)) {
      lookForOriginal();
    }
    if (original != null && !continuesWith(originalBytes, received, bytes(in, taken))) {
      partWithOriginal();
    }
    if (original == null) {
      store(in, taken);
    } else {
      skip(in, taken);
    }
    return received == length;
  }

  private void lookForOriginal() {
    Message here = originals.borrow(header.id(), header.command().code(), length);
    if (here == null) {
      lookElsewhere();
    } else if (beginsWithWhatCame(here)) {
      if (original != null) {
        giveBack();
      }
      forgetPieces();
      compareWith(here);
    } else {
      originals.giveBack(here);
      if (original != null) {
        partWithOriginal();
      }
      mayBeCopy = false;
    }
  }

  private void lookElsewhere() {
    if (original != null || !mayBeElsewhere) {
      return;
    }
    Message there = originals.elsewhere(header.id(), header.command().code(), length);
    if (there != null && beginsWithWhatCame(there)) {
      pieces.clear();
      compareWith(there);
      isElsewhere = true;
    } else if (there != null) {
      originals.giveBack(there);
      mayBeElsewhere = false;
    }
  }

  private void compareWith(Message message) {
    original = message;
    originalBytes = message.payload();
    isElsewhere = false;
  }

  private boolean beginsWithWhatCame(Message message) {
    if (message == original) {
      return true;
    }
    ByteBuffer bytes = message.payload();
    if (original != null) {
      return continuesWith(bytes, 0, originalBytes.limit(received).position(0));
    }
    int offset = 0;
    for (byte[] piece : pieces) {
      int count = Math.min(piece.length, received - offset);
      if (!continuesWith(bytes, offset, ByteBuffer.wrap(piece, 0, count))) {
        return false;
      }
      offset += count;
    }
    return true;
  }

  private static ByteBuffer bytes(ByteBuf in, int count) {
    return in.nioBuffer(in.readerIndex(), count);
  }

  private static boolean continuesWith(ByteBuffer whole, int offset, ByteBuffer more) {
    return whole.limit(offset + more.remaining()).position(offset).equals(more);
  }

  /** Goes on with an array of its own, as large as what counts by now. */
  private void partWithOriginal() {
    byte[] beginning = new byte[isElsewhere ? capacity : received];
    originalBytes.limit(received).position(0).get(beginning, 0, received);
    if (isElsewhere) {
      mayBeElsewhere = false;
    } else {
      mayBeCopy = false;
    }
    giveBack();
    capacity = 0;
    add(beginning);
  }

  private void giveBack() {
    originals.giveBack(original);
    original = null;
    originalBytes = null;
    isElsewhere = false;
  }

  private void skip(ByteBuf in, int count) {
    in.skipBytes(count);
    for (int left = count; left > 0; ) {
      if (isElsewhere && received == capacity) {
        capacity += pieceOfCopy(left);
      }
      int counted = isElsewhere ? Math.min(capacity - received, left) : left;
      received += counted;
      left -= counted;
    }
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
      add(new byte[pieceOfCopy(more)]);
    } else if (received + more >= length - length / 2) {
      add(joined(new byte[length]));
    } else {
      add(new byte[Math.max(more, received)]);
    }
  }

  private int pieceOfCopy(int more) {
    int piece = Math.max(more, Math.min(received, LONGEST_PIECE_OF_COPY_BYTES));
    return Math.min(piece, length - received);
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
