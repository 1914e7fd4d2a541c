package bdk.p2p.simulator.oracle;

import bdk.p2p.simulator.run.RunEvent;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.SimulatedNode;
import bdk.p2p.simulator.scenario.Scenario;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every node whose life a fault ended is back among peers at the end. Says nothing of a run that
 * was cut short, nor of a node that came back in the cool-down, if it may still be looking for
 * peers, see {@link Recovery}.
 */
final class EndedNodesReturned implements Claim {
  private final Set<SimulatedNode> banning = new LinkedHashSet<>();
  private final Set<InetAddress> banned = new LinkedHashSet<>();
  private final Map<SimulatedNode, Long> wentNanos = new LinkedHashMap<>();
  private final Map<SimulatedNode, Long> cameNanos = new LinkedHashMap<>();
  private final Recovery recovery;
  private final long workloadEndNanos;

  EndedNodesReturned(Scenario scenario) {
    recovery = new Recovery(scenario);
    workloadEndNanos = scenario.warmUp().plus(scenario.duration()).toNanos();
  }

  @Override
  public String name() {
    return "ended-nodes-returned";
  }

  @Override
  public Optional<String> on(RunEvent event) {
    if (event instanceof RunEvent.Banned one) {
      banning.add(one.node());
      banned.add(one.ban().address());
    } else if (event instanceof RunEvent.Ended ended) {
      wentNanos.put(ended.node(), ended.nanos());
    } else if (event instanceof RunEvent.Started started) {
      cameNanos.put(started.node(), started.nanos());
    } else if (event instanceof RunEvent.Up up) {
      cameNanos.put(up.node(), up.nanos());
    }
    return Optional.empty();
  }

  /** Bans outlive lives: who has made one or has one may meet nobody. */
  private boolean isApart(SimulatedNode node) {
    return banning.contains(node) || banned.contains(node.address().address());
  }

  private boolean isStillLooking(SimulatedNode node, long endNanos) {
    long came = cameNanos.getOrDefault(node, 0L);
    long away = came - wentNanos.getOrDefault(node, came);
    return node.isUp()
        && came >= workloadEndNanos
        && came + recovery.discoveryNanos(away) > endNanos;
  }

  @Override
  public ClaimResult check(RunRecord run) {
    List<SimulatedNode> ended =
        run.nodes().stream().filter(node -> !node.crashesNanos().isEmpty()).toList();
    List<SimulatedNode> missing =
        ended.stream()
            .filter(node -> !node.isUp() || run.peersAtEnd().get(node.index()) == 0)
            .filter(node -> !node.isUp() || !isApart(node))
            .filter(node -> !isStillLooking(node, run.virtualNanos()))
            .toList();
    return result(
        missing.isEmpty() || !run.isWhole(),
        ended.size()
            + " nodes went, "
            + (ended.size() - missing.size())
            + " are back among peers"
            + (missing.isEmpty() ? "" : "; not: " + missing));
  }
}
