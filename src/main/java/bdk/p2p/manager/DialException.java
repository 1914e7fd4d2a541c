package bdk.p2p.manager;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.NodeId;

/** A dial did not lead to a peer; the stage of {@link Manager#connect} fails with it. */
public final class DialException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient CloseReason reason;

  DialException(NodeId id, CloseReason reason) {
    super("no session with " + id + ": " + reason, null, false, false);
    this.reason = reason;
  }

  /** Why there is no session. */
  public CloseReason reason() {
    return reason;
  }
}
