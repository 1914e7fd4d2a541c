package bdk.p2p.simulator.world;

import bdk.p2p.simulator.fault.Passage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * What travels in order from one end of a connection to the other. Who holds a segment owns its
 * bytes; it stands in one {@link SegmentQueue} at most. The driver's thread only.
 */
final class Segment {
  private final Kind kind;
  private final ByteBuf bytes;
  // The one behind it in its queue; the queue's own.
  Segment next;

  private Segment(Kind kind, ByteBuf bytes) {
    this.kind = kind;
    this.bytes = bytes;
  }

  static Segment of(ByteBuf bytes) {
    return new Segment(Kind.BYTES, bytes);
  }

  static Segment accepted() {
    return new Segment(Kind.ACCEPTED, Unpooled.EMPTY_BUFFER);
  }

  static Segment fin() {
    return new Segment(Kind.FIN, Unpooled.EMPTY_BUFFER);
  }

  static Segment reset() {
    return new Segment(Kind.RESET, Unpooled.EMPTY_BUFFER);
  }

  Kind kind() {
    return kind;
  }

  ByteBuf bytes() {
    return bytes;
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
