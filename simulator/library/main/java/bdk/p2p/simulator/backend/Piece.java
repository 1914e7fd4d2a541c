package bdk.p2p.simulator.backend;

import bdk.p2p.simulator.fault.Passage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;

/**
 * Something on its way to one end of a connection. Event loop only. Whoever takes it out of the
 * queue owns its bytes.
 */
final class Piece {
  /** What it is. */
  enum Kind {
    /** The dial is answered. */
    ANSWER(Passage.Kind.ANSWER),
    BYTES(Passage.Kind.BYTES),
    FIN(Passage.Kind.FIN),
    RESET(Passage.Kind.RESET);

    private final Passage.Kind passage;

    Kind(Passage.Kind passage) {
      this.passage = passage;
    }
  }

  private final Kind kind;
  private final ByteBuf bytes;
  private final IOException reason;

  /** When it was handed over to the road. */
  final long sinceNanos;

  /** When it has left the sender's upload; -1 as long as it has not taken its turn. */
  long leftNanos = -1;

  /** When it has crossed. */
  long crossedNanos;

  /** When it is in; -1 as long as it has not taken its turn at the receiver's download. */
  long landedNanos = -1;

  private Piece(Kind kind, ByteBuf bytes, IOException reason, long sinceNanos) {
    this.kind = kind;
    this.bytes = bytes;
    this.reason = reason;
    this.sinceNanos = sinceNanos;
  }

  static Piece of(ByteBuf bytes, long sinceNanos) {
    return new Piece(Kind.BYTES, bytes, null, sinceNanos);
  }

  static Piece answer(long sinceNanos) {
    return new Piece(Kind.ANSWER, Unpooled.EMPTY_BUFFER, null, sinceNanos);
  }

  static Piece fin(long sinceNanos) {
    return new Piece(Kind.FIN, Unpooled.EMPTY_BUFFER, null, sinceNanos);
  }

  static Piece reset(IOException reason, long sinceNanos) {
    return new Piece(Kind.RESET, Unpooled.EMPTY_BUFFER, reason, sinceNanos);
  }

  Kind kind() {
    return kind;
  }

  Passage.Kind passageKind() {
    return kind.passage;
  }

  ByteBuf bytes() {
    return bytes;
  }

  /** Of a reset: what its receiver is told. */
  IOException reason() {
    return reason;
  }

  int byteCount() {
    return bytes.readableBytes();
  }

  /** The memory that it takes. */
  int heldBytes() {
    return bytes.capacity();
  }
}
