package bdk.p2p.peer;

import bdk.p2p.budget.NodeBudgets;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.session.Session;
import bdk.p2p.session.SessionLoad;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Who has to go when all sessions together hold too much: of those that hold more than their fair
 * share, the one that has been about it for the longest. So a peer that takes its time on purpose
 * goes before one that only brings or takes something large. It is to blame only for what it has
 * brought or asked for. Guarded by this, so that two callers do not choose two sessions where one
 * is enough; sessions are closed outside.
 */
final class Eviction {
  private final NodeBudgets budgets;
  // Chosen, and not empty yet.
  private final List<WeakReference<Session>> leaving = new ArrayList<>();

  Eviction(NodeBudgets budgets) {
    this.budgets = budgets;
  }

  /** Ends sessions with the oldest unfinished frames. */
  void endSlowestFrames(List<Session> sessions) {
    close(slowestFrames(sessions));
  }

  private synchronized Map<Session, CloseReason> slowestFrames(List<Session> sessions) {
    long tooMuch = budgets.arrivingBytes().taken() - budgets.arrivingBytes().limit();
    return choose(
        sessions,
        tooMuch,
        budgets.arrivingBytes().fairShare(),
        SessionLoad::arrivingBytes,
        SessionLoad::frameSinceNanos,
        load -> true,
        "bytes of a frame that came in part, when %d were too many for all peers together"
            .formatted(budgets.arrivingBytes().taken()));
  }

  /** Ends sessions that have not taken their next message for the longest. */
  void endSlowestReaders(List<Session> sessions) {
    close(slowestReaders(sessions));
  }

  private static void close(Map<Session, CloseReason> chosen) {
    chosen.forEach(Session::close);
  }

  private synchronized Map<Session, CloseReason> slowestReaders(List<Session> sessions) {
    long inbox = budgets.inboxBytes().taken() - 2 * budgets.inboxBytes().limit();
    long outbound = budgets.outboundBytes().taken() - 2 * budgets.outboundBytes().limit();
    long share = Math.min(budgets.inboxBytes().fairShare(), budgets.outboundBytes().fairShare());
    return choose(
        sessions,
        Math.max(inbox, outbound),
        share,
        load -> Math.max(load.heldBytes(), load.queuedBytes()),
        SessionLoad::waitingSinceNanos,
        // What else waits for it this node has sent on its own.
        load -> load.heldBytes() > share,
        "bytes that waited to be handled or written, when %d and %d were too many for all peers together"
            .formatted(budgets.inboxBytes().taken(), budgets.outboundBytes().taken()));
  }

  private Map<Session, CloseReason> choose(
      List<Session> sessions,
      long tooMuch,
      long share,
      ToLongFunction<SessionLoad> bytes,
      ToLongFunction<SessionLoad> sinceNanos,
      Predicate<SessionLoad> isToBlame,
      String of) {
    Map<Session, CloseReason> chosen = new LinkedHashMap<>();
    long left = tooMuch - stillHeld(bytes);
    while (left > 0) {
      Session slowest = null;
      for (Session session : sessions) {
        if (!session.isEvicted()
            && bytes.applyAsLong(session.load()) > share
            && (slowest == null
                || sinceNanos.applyAsLong(session.load())
                    < sinceNanos.applyAsLong(slowest.load()))) {
          slowest = session;
        }
      }
      if (slowest == null) {
        return chosen;
      }
      long gained = bytes.applyAsLong(slowest.load());
      left -= gained;
      CloseReason reason = new CloseReason(Code.OVER_BUDGET, gained + " " + of);
      slowest.evict(reason, isToBlame.test(slowest.load()));
      leaving.add(new WeakReference<>(slowest));
      chosen.put(slowest, reason);
    }
    return chosen;
  }

  /**
   * What those give back that were chosen before: a session lets go of it a while after its end.
   */
  private long stillHeld(ToLongFunction<SessionLoad> bytes) {
    leaving.removeIf(one -> one.get() == null || isEmpty(one.get()));
    long sum = 0;
    for (WeakReference<Session> one : leaving) {
      Session session = one.get();
      sum += session == null ? 0 : bytes.applyAsLong(session.load());
    }
    return sum;
  }

  private static boolean isEmpty(Session session) {
    SessionLoad load = session.load();
    return session.isClosed()
        && load.arrivingBytes() == 0
        && load.heldBytes() == 0
        && load.queuedBytes() == 0;
  }
}
