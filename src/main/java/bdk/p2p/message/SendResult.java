package bdk.p2p.message;

/** What became of one message for one recipient at the moment it was handed over. */
public enum SendResult {
  /** It is in the peer's outbound queue and is written unless the session ends first. */
  QUEUED,
  /** The peer's outbound queue has no room now; the message was not taken. */
  QUEUE_FULL,
  /** The session has ended; the message was not taken. */
  PEER_GONE
}
