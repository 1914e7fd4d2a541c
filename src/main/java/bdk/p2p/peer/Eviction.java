package bdk.p2p.peer;

import bdk.p2p.budget.NodeBudgets;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.session.Session;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Who has to go when all sessions together hold too much: of those that hold more than their fair
 * share, the one that has been about it for the longest. So a peer that takes its time on purpose
 * goes before one that only brings or takes something large. Guarded by this, so that two callers
 * do not end two sessions where one is enough.
 */
final class Eviction {
  private final NodeBudgets budgets;

  Eviction(NodeBudgets budgets) {
    this.budgets = budgets;
  }

  /** Ends sessions with the oldest unfinished frames. */
  synchronized void endSlowestFrames(List<Session> sessions) {
    long tooMuch = budgets.arrivingBytes().taken() - budgets.arrivingBytes().limit();
    end(
        sessions,
        tooMuch,
        budgets.arrivingBytes().fairShare(),
        Session::arrivingBytes,
        Session::frameSinceNanos,
        "bytes of a frame that came in part, when %d were too many for all peers together"
            .formatted(budgets.arrivingBytes().taken()));
  }

  /** Ends sessions that have not taken their next message for the longest. */
  synchronized void endSlowestReaders(List<Session> sessions) {
    long inbox = budgets.inboxBytes().taken() - 2 * budgets.inboxBytes().limit();
    long outbound = budgets.outboundBytes().taken() - 2 * budgets.outboundBytes().limit();
    long share = Math.min(budgets.inboxBytes().fairShare(), budgets.outboundBytes().fairShare());
    end(
        sessions,
        Math.max(inbox, outbound),
        share,
        session -> Math.max(session.heldBytes(), session.queuedBytes()),
        Session::waitingSinceNanos,
        "bytes that waited to be handled or written, when %d and %d were too many for all peers together"
            .formatted(budgets.inboxBytes().taken(), budgets.outboundBytes().taken()));
  }

  private static void end(
      List<Session> sessions,
      long tooMuch,
      long share,
      ToLongFunction<Session> bytes,
      ToLongFunction<Session> sinceNanos,
      String of) {
    long left = tooMuch;
    for (Session session : sessions) {
      if (session.isEvicted() && !session.isClosed()) {
        left -= bytes.applyAsLong(session);
      }
    }
    while (left > 0) {
      Session slowest = null;
      for (Session session : sessions) {
        if (!session.isEvicted()
            && bytes.applyAsLong(session) > share
            && (slowest == null
                || sinceNanos.applyAsLong(session) < sinceNanos.applyAsLong(slowest))) {
          slowest = session;
        }
      }
      if (slowest == null) {
        return;
      }
      long gained = bytes.applyAsLong(slowest);
      left -= gained;
      slowest.evict(new CloseReason(Code.OVER_BUDGET, gained + " " + of));
    }
  }
}
