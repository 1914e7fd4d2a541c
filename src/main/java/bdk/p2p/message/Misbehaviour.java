package bdk.p2p.message;

/**
 * What a peer can do that speaks against its address. Each counts so many points; points fade, and
 * too many of them are a ban.
 *
 * <p>What an honest peer does on a bad line is none: that it closes, breaks off, falls silent,
 * comes twice or answers late.
 */
public enum Misbehaviour {
  /** It broke the protocol. */
  VIOLATION,
  /** It connected and did not finish its handshake in time. */
  HANDSHAKE_TIMEOUT,
  /** It took nothing of what we had to send for the write-stall time. */
  WRITE_STALLED,
  /** It did not finish a frame within the frame time. */
  UNFINISHED_FRAME,
  /**
   * It held the most, or for the longest, when the node as a whole held too much: of what it had
   * brought or asked for.
   */
  OVER_BUDGET,
  /** It passed on a broadcast that the application found bad. */
  REJECTED_BROADCAST,
  /** It was dialled and announced another port. */
  FOREIGN_PORT,
  /** It sent a command that nobody here handles. */
  UNKNOWN_COMMAND,
  /** The application reported it. */
  REPORTED
}
