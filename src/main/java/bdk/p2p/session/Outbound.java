package bdk.p2p.session;

import bdk.p2p.message.Command;
import bdk.p2p.message.Message;
import bdk.p2p.wire.FrameEncoder;
import java.nio.ByteBuffer;

/**
 * One message on its way out. Urgent ones, and answers, leave before all others as long as they are
 * small: at most {@value #CONTROL_FRAME_BYTES} bytes with their header. It is in exactly one of
 * three shapes: a message that the event loop encodes, a frame that is encoded already and may be
 * shared with other sessions, or a request that gets its id on the event loop. Immutable but for
 * the reference count of its frame: whoever holds the outbound owns one reference, and many
 * sessions may hold one that is shared.
 */
public final class Outbound {
  /** The largest frame that leaves before bulk: whoever waits for it hardly notices. */
  static final int CONTROL_FRAME_BYTES = 16 << 10;

  // Null also beside a frame that no message was made of.
  private final Message message;
  final SharedFrame frame;
  final PendingRequest request;
  final boolean urgent;
  final int frameBytes;

  /** What the peer's inbox gets back once this is written or dropped; -1 for nothing. */
  final int shareBytes;

  /** True if another session of the peer took it, before all that this one took itself. */
  final boolean isEarlier;

  private Outbound(
      Message message,
      SharedFrame frame,
      PendingRequest request,
      boolean urgent,
      int frameBytes,
      int shareBytes,
      boolean isEarlier) {
    this.message = message;
    this.frame = frame;
    this.request = request;
    this.urgent = urgent && frameBytes <= CONTROL_FRAME_BYTES;
    this.frameBytes = frameBytes;
    this.shareBytes = shareBytes;
    this.isEarlier = isEarlier;
  }

  /** A message for this peer alone. */
  public static Outbound of(Message message, boolean urgent) {
    return new Outbound(message, null, null, urgent, FrameEncoder.frameBytes(message), -1, false);
  }

  /** A message that many peers get; takes a reference of the frame. */
  public static Outbound shared(Message message, SharedFrame frame, boolean urgent) {
    frame.retain();
    return new Outbound(message, frame, null, urgent, frame.bytes(), -1, false);
  }

  /**
   * A notification that is nothing but its frame, and not urgent; takes a reference of it. A
   * message is made of it if it is not sent.
   */
  public static Outbound encoded(SharedFrame frame) {
    return shared(null, frame, false);
  }

  /**
   * True if such a message is copied once, into its frame, when it is handed in: because it is
   * large. What the protocol rules is looked at first.
   */
  public static boolean isFrameAtOnce(Command command, ByteBuffer payload) {
    return !command.isOfProtocol()
        && FrameEncoder.frameBytes(payload.remaining()) > CONTROL_FRAME_BYTES;
  }

  /** The same for one more session; takes a reference of the frame, if it has one. */
  public Outbound again() {
    if (frame != null) {
      frame.retain();
    }
    return this;
  }

  /** An answer, which holds its share of the inbox until it is written. */
  static Outbound answer(Message message, int shareBytes) {
    return new Outbound(
        message, null, null, true, FrameEncoder.frameBytes(message), shareBytes, false);
  }

  /** The same for one that is nothing but its frame; takes over a reference of it. */
  static Outbound answer(SharedFrame frame, int shareBytes) {
    return new Outbound(null, frame, null, true, frame.bytes(), shareBytes, false);
  }

  /** Takes over the reference of the request's frame, if it has one. */
  static Outbound request(PendingRequest request, boolean urgent) {
    return new Outbound(null, request.frame(), request, urgent, request.frameBytes(), -1, false);
  }

  /** The same, on its way to a session that goes on for the one which took it. */
  Outbound earlier() {
    return new Outbound(message, frame, request, urgent, frameBytes, shareBytes, true);
  }

  /**
   * The message; requests have none before the event loop gives them their id. Any thread, as long
   * as it owns a reference.
   */
  public Message message() {
    return message == null && frame != null ? frame.message() : message;
  }

  /** True if only this session can carry it, because it answers a request that came on it. */
  public boolean isAnswer() {
    return shareBytes >= 0;
  }

  /** True for what no handler of the peer's ever sees, so that it has no place in their order. */
  boolean isOutOfOrder() {
    return isAnswer() || request != null && request.hasChosenId();
  }

  /** True if its frame is worth being merged with others into one buffer. */
  boolean isSmall() {
    return SharedFrame.isSmall(frameBytes);
  }

  boolean isDead() {
    return request != null && request.isDone();
  }

  /** Gives the frame's reference back; whoever owns a message that will not be written calls it. */
  public void release() {
    if (frame != null) {
      frame.release();
    }
  }
}
