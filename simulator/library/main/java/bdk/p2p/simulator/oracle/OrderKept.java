package bdk.p2p.simulator.oracle;

import bdk.p2p.manager.Peer;
import bdk.p2p.simulator.run.RunEvent;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.SimulatedNode;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one node sends another in one session arrives in the order in which it was sent. The
 * notifications of the workload carry numbers that only grow; a session is a peer's handle, from
 * its connecting to its going. A node that was killed and is back at once may keep its handle; what
 * was still under way of its former life then may come later, and is none of the new one's order.
 */
final class OrderKept implements Claim {
  private static final class Heard {
    private final long sinceNanos;
    private long last = -1;
    private int life;

    private Heard(long sinceNanos) {
      this.sinceNanos = sinceNanos;
    }
  }

  private final AlteredSessions altered = new AlteredSessions();
  private final Map<Peer, Heard> sessions = new IdentityHashMap<>();
  private long heard;
  private long wrong;

  @Override
  public String name() {
    return "order-kept";
  }

  @Override
  public Optional<String> on(RunEvent event) {
    altered.on(event);
    if (event instanceof RunEvent.Connected connected) {
      sessions.put(connected.peer(), new Heard(connected.nanos()));
    } else if (event instanceof RunEvent.Disconnected disconnected) {
      sessions.remove(disconnected.peer());
    } else if (event instanceof RunEvent.Notified notified) {
      return judge(notified);
    }
    return Optional.empty();
  }

  private Optional<String> judge(RunEvent.Notified notified) {
    heard++;
    Heard session =
        sessions.computeIfAbsent(notified.peer(), unknown -> new Heard(notified.nanos()));
    if (notified.life() < session.life) {
      return Optional.empty();
    }
    if (notified.life() > session.life) {
      session.life = notified.life();
      session.last = -1;
    }
    long before = session.last;
    session.last = Math.max(before, notified.number());
    SimulatedNode node = notified.node();
    if (notified.number() > before
        || altered.between(node.index(), notified.sender(), session.sinceNanos)) {
      return Optional.empty();
    }
    wrong++;
    return Optional.of(
        "%s got number %d of node %d after number %d"
            .formatted(node, notified.number(), notified.sender(), before));
  }

  @Override
  public ClaimResult check(RunRecord run) {
    return result(
        wrong == 0 && (heard > 0 || !run.wantsNotifications()),
        heard + " notifications, " + wrong + " out of order");
  }
}
