package bdk.p2p.message;

/** Why a single message was dropped while its session went on. */
public enum DropReason {
  /** An answer that matches no open request: late, repeated or never asked for. */
  UNMATCHED_ANSWER,
  /** An answer with the id of an open request but another command; the request goes on waiting. */
  ANSWER_OF_OTHER_COMMAND,
  /** A broadcast that this node has seen before; nothing is wrong with it. */
  ALREADY_SEEN,
  /** No handler is registered for the command. */
  NO_HANDLER,
  /** A message that this type of node does not serve. */
  NOT_SERVED,
  /** The handler threw, or its later result failed. */
  HANDLER_FAILED,
  /** The handler's later result did not come within the command's deadline. */
  HANDLER_LATE,
  /** An answer or relay that was ready when the peer's outbound queue had no room. */
  QUEUE_FULL,
  /**
   * The session ended before the message could be written or, if it is a request or the node held
   * more than it may, handled.
   */
  SESSION_CLOSED
}
