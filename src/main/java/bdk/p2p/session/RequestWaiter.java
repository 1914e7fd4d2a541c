package bdk.p2p.session;

import bdk.p2p.message.Answer;
import bdk.p2p.message.RequestOutcome;

/** Whoever waits for the end of one request; supplied by the floor above. */
public interface RequestWaiter {
  /** True once the request has ended, for instance because the caller cancelled it. Any thread. */
  boolean isDone();

  /**
   * Ends the request; does nothing if it has ended already. Must not run user code on the calling
   * thread.
   *
   * @param answer the answer if the outcome is {@link RequestOutcome#ANSWERED}, else null
   */
  void settle(RequestOutcome outcome, Answer answer);
}
