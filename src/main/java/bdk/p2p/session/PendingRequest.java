package bdk.p2p.session;

import bdk.p2p.message.Command;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageId;
import bdk.p2p.message.MessageType;
import bdk.p2p.wire.FrameEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;

/**
 * A request that has not ended: what was asked, until when to wait, and who waits. Created by any
 * thread, then owned by the event loop of its session.
 */
final class PendingRequest {
  private static final MessageId NO_ID_YET = new MessageId(0);

  private final Command command;
  // One of the two.
  private final byte[] payload;
  private final SharedFrame frame;
  private final long deadlineNanos;
  private final RequestWaiter waiter;
  private boolean chosen;
  private boolean registered;
  private long id;

  PendingRequest(Command command, byte[] ownedPayload, long deadlineNanos, RequestWaiter waiter) {
    this(command, ownedPayload, null, deadlineNanos, waiter);
  }

  private PendingRequest(
      Command command,
      byte[] payload,
      SharedFrame frame,
      long deadlineNanos,
      RequestWaiter waiter) {
    this.command = command;
    this.payload = payload;
    this.frame = frame;
    this.deadlineNanos = deadlineNanos;
    this.waiter = waiter;
  }

  /** With a copy of the payload; if that is large, in its frame, which lacks the id. */
  static PendingRequest of(
      Command command,
      ByteBuffer payload,
      ByteBufAllocator allocator,
      long deadlineNanos,
      RequestWaiter waiter) {
    if (Outbound.isFrameAtOnce(command, payload)) {
      ByteBuf frame =
          FrameEncoder.encode(allocator, MessageType.REQUEST, NO_ID_YET, command, payload);
      return new PendingRequest(command, null, new SharedFrame(frame), deadlineNanos, waiter);
    }
    byte[] copy = new byte[payload.remaining()];
    payload.duplicate().get(copy);
    return new PendingRequest(command, copy, deadlineNanos, waiter);
  }

  /**
   * A ping under an id that was chosen beforehand, so that it can be recognised if it comes back.
   */
  static PendingRequest ping(long id, long deadlineNanos, RequestWaiter waiter) {
    PendingRequest ping = new PendingRequest(Command.PING, new byte[0], deadlineNanos, waiter);
    ping.chosen = true;
    ping.id = id;
    return ping;
  }

  Command command() {
    return command;
  }

  /** The frame, if there is one already; its reference is that of the {@link Outbound}. */
  SharedFrame frame() {
    return frame;
  }

  int frameBytes() {
    return frame != null ? frame.bytes() : FrameEncoder.frameBytes(payload.length);
  }

  /** On the clock of the environment. */
  long deadlineNanos() {
    return deadlineNanos;
  }

  RequestWaiter waiter() {
    return waiter;
  }

  boolean isDone() {
    return waiter.isDone();
  }

  /** True if {@link #id()} was set before registration. */
  boolean hasChosenId() {
    return chosen;
  }

  void registeredAs(long id) {
    this.id = id;
    this.registered = true;
    if (frame != null) {
      frame.setId(id);
    }
  }

  boolean isRegistered() {
    return registered;
  }

  /** The id of the request, once it is registered. */
  long id() {
    return id;
  }

  /** Only of what is not encoded already. */
  Message message() {
    return Message.adopt(MessageType.REQUEST, id, command, payload);
  }
}
