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
 * No node takes an honest one for an offender, and nothing of its own fails. Honest is every node
 * of the scenario; hostile peers have other addresses. A session whose bytes a fault altered is
 * excused, and so is a handshake within {@value #HANDSHAKE_SECONDS} s of it.
 */
final class NobodyPunished implements Claim {
  private static final long HANDSHAKE_SECONDS = 10;

  /** From the first bytes of a connection until it is told of as a session, at the longest. */
  private static final long OPENING_NANOS = 10_000_000_000L;

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
    if (reason.code() != CloseReason.Code.VIOLATION) {
      return Optional.empty();
    }
    SimulatedNode peer = nodes.get(address);
    if (peer == null) {
      hostile++;
      return Optional.empty();
    }
    if (altered.between(node.index(), peer.index(), sinceNanos - OPENING_NANOS)) {
      excused++;
      return Optional.empty();
    }
    punished++;
    return Optional.of(node + " closed the session of " + peer + ": " + reason);
  }

  @Override
  public ClaimResult check(RunRecord run) {
    return result(
        punished + failed == 0,
        "%d honest nodes punished, %d failures; %d sessions excused for altered bytes, %d of others"
            .formatted(punished, failed, excused, hostile));
  }
}
