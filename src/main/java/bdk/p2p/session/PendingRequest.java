package bdk.p2p.session;

import bdk.p2p.message.Command;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageType;

/**
 * A request that has not ended: what was asked, until when to wait, and who waits. Created by any
 * thread, then owned by the event loop of its session.
 */
final class PendingRequest {
  private final Command command;
  private final byte[] payload;
  private final long deadlineNanos;
  private final RequestWaiter waiter;
  private boolean chosen;
  private boolean registered;
  private long id;

  PendingRequest(Command command, byte[] ownedPayload, long deadlineNanos, RequestWaiter waiter) {
    this.command = command;
    this.payload = ownedPayload;
    this.deadlineNanos = deadlineNanos;
    this.waiter = waiter;
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

  int payloadBytes() {
    return payload.length;
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
  }

  boolean isRegistered() {
    return registered;
  }

  /** The id of the request, once it is registered. */
  long id() {
    return id;
  }

  Message message() {
    return Message.adopt(MessageType.REQUEST, id, command, payload);
  }
}
