package bdk.p2p.wire;

/**
 * A peer broke the protocol. The message names the place, the limit and the actual value, as in
 * "frame length 5 is below the minimum of 11 bytes".
 *
 * <p>Has no stack trace: a peer can cause as many of these as it likes, so they are cheap.
 */
public final class ProtocolViolation extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What was seen, with limit and actual value. */
  public ProtocolViolation(String message) {
    super(message, null, false, false);
  }
}
