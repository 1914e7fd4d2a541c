package bdk.p2p.simulator.oracle;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.NodeId;
import bdk.p2p.simulator.run.RunEvent;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.SimulatedNode;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * No node takes an honest one for an offender or bans it, and nothing of its own fails. Honest is
 * every node of the scenario; hostile peers have other addresses. A session whose bytes a fault
 * altered is excused, and so is a handshake within {@value #HANDSHAKE_SECONDS} s of it, and a ban
 * within {@value #SCORE_MINUTES} min: for so long the score counts that led to it.
 */
final class NobodyPunished implements Claim {
  private static final long HANDSHAKE_SECONDS = 10;

  /** Four half-lives of a score. */
  private static final long SCORE_MINUTES = 40;

  private final AlteredSessions altered = new AlteredSessions();
  private final Map<InetAddress, SimulatedNode> nodes = new HashMap<>();
  private final Map<SimulatedNode, Map<NodeId, Long>> since = new HashMap<>();
  private int punished;
  private int failed;
  private int excused;
  private int hostile;

  @Override
  public String name() {
    return "nobody-punished";
  }

  @Override
  public Optional<String> on(RunEvent event) {
    altered.on(event);
    if (event instanceof RunEvent.Started started) {
      nodes.put(started.node().address().address(), started.node());
    } else if (event instanceof RunEvent.Ended ended) {
      of(ended.node()).clear();
    } else if (event instanceof RunEvent.Connected connected) {
      of(connected.node()).put(connected.peer().id(), connected.nanos());
    } else if (event instanceof RunEvent.Disconnected gone) {
      Long began = of(gone.node()).remove(gone.peer().id());
      return judge(
          gone.node(),
          gone.peer().id().address(),
          gone.reason(),
          began == null ? gone.nanos() : began);
    } else if (event instanceof RunEvent.Refused refused) {
      long handshake = refused.nanos() - HANDSHAKE_SECONDS * 1_000_000_000;
      return judge(refused.node(), refused.address().getAddress(), refused.reason(), handshake);
    } else if (event instanceof RunEvent.Banned banned) {
      return punished(
          banned.node(),
          banned.ban().address(),
          banSince(banned.nanos()),
          "banned %s: " + banned.ban());
    } else if (event instanceof RunEvent.HandlerFailed one) {
      failed++;
      return Optional.of("a handler of " + one.node() + " failed: " + one.what());
    }
    return Optional.empty();
  }

  private Map<NodeId, Long> of(SimulatedNode node) {
    return since.computeIfAbsent(node, unknown -> new HashMap<>());
  }

  private Optional<String> judge(
      SimulatedNode node, InetAddress address, CloseReason reason, long sinceNanos) {
    if (reason.code() == CloseReason.Code.INTERNAL_ERROR) {
      failed++;
      return Optional.of(node + " failed in itself: " + reason);
    }
    return switch (reason.code()) {
      case VIOLATION, FOREIGN_PORT ->
          punished(node, address, sinceNanos, "closed the session of %s: " + reason);
      case BANNED -> punished(node, address, banSince(sinceNanos), "keeps %s out: " + reason);
      default -> Optional.empty();
    };
  }

  /** What a ban may go back to: alterations since then may have led to it. */
  private static long banSince(long nanos) {
    return nanos - SCORE_MINUTES * 60_000_000_000L;
  }

  private Optional<String> punished(
      SimulatedNode node, InetAddress address, long sinceNanos, String how) {
    SimulatedNode peer = nodes.get(address);
    if (peer == null) {
      hostile++;
      return Optional.empty();
    }
    if (altered.between(node.index(), peer.index(), sinceNanos - AlteredSessions.OPENING_NANOS)) {
      excused++;
      return Optional.empty();
    }
    punished++;
    return Optional.of(node + " " + how.replace("%s", peer.toString()));
  }

  @Override
  public ClaimResult check(RunRecord run) {
    return result(
        punished + failed == 0,
        "%d honest nodes punished, %d failures; %d sessions excused for altered bytes, %d of others"
            .formatted(punished, failed, excused, hostile));
  }
}
