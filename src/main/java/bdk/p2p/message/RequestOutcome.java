package bdk.p2p.message;

/** How a request ended; every request ends in exactly one of these ways. */
public enum RequestOutcome {
  /** The asked peer answered in time, with the command that was asked. */
  ANSWERED,
  /** The deadline passed, whether the request had been written by then or was still queued. */
  TIMED_OUT,
  /** The caller cancelled it. */
  CANCELLED,
  /** The session to the peer ended first. */
  PEER_GONE,
  /** This node stopped first. */
  MANAGER_CLOSED,
  /** It was never sent: the outbound queue or the number of open requests was at its bound. */
  REFUSED
}
