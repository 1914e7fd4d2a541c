package bdk.p2p.simulator.world;

import bdk.p2p.simulator.fault.Passage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * What travels in order from one end of a connection to the other. Who holds a segment owns its
 * bytes.
 */
record Segment(Kind kind, ByteBuf bytes) {
  static final Segment ACCEPTED = new Segment(Kind.ACCEPTED, Unpooled.EMPTY_BUFFER);
  static final Segment FIN = new Segment(Kind.FIN, Unpooled.EMPTY_BUFFER);
  static final Segment RESET = new Segment(Kind.RESET, Unpooled.EMPTY_BUFFER);

  static Segment of(ByteBuf bytes) {
    return new Segment(Kind.BYTES, bytes);
  }

  /** What rules call it. */
  Passage.Kind passageKind() {
    return switch (kind) {
      case ACCEPTED -> Passage.Kind.ANSWER;
      case BYTES -> Passage.Kind.BYTES;
      case FIN -> Passage.Kind.FIN;
      case RESET -> Passage.Kind.RESET;
    };
  }

  int byteCount() {
    return bytes.readableBytes();
  }

  void release() {
    bytes.release();
  }

  enum Kind {
    /** The acceptor's answer to the dialler. */
    ACCEPTED,
    BYTES,
    /** The end of the stream. */
    FIN,
    /** The connection is void. */
    RESET
  }
}
