package bdk.p2p.manager;

import bdk.p2p.message.Command;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.RequestOutcome;

/** A request ended without an answer; the stage of {@link Manager#request} fails with it. */
public final class RequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final RequestOutcome outcome;

  RequestException(RequestOutcome outcome, NodeId peer, Command command, String detail) {
    // No stack trace: it would show a worker, not the caller, and a flood of them must stay cheap.
    super(command + " to " + peer + ": " + outcome + detail, null, false, false);
    this.outcome = outcome;
  }

  /** How the request ended; never {@link RequestOutcome#ANSWERED}. */
  public RequestOutcome outcome() {
    return outcome;
  }
}
