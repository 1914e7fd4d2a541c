package bdk.p2p.identity;

import bdk.p2p.message.CloseReason;

/**
 * A connection that TLS ends, and why; goes up the pipeline to the session. Has no stack trace,
 * because a peer can cause as many as it likes.
 */
public final class TlsRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient CloseReason reason;

  TlsRefusal(CloseReason reason) {
    super(reason.toString(), null, false, false);
    this.reason = reason;
  }

  /** Why the session ends. */
  public CloseReason reason() {
    return reason;
  }
}
