package bdk.p2p.simulator.oracle;

import bdk.p2p.simulator.run.RunEvent;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.SimulatedNode;
import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Every node whose life a fault ended is back among peers at the end. Says nothing of a run that
 * was cut short.
 */
final class EndedNodesReturned implements Claim {
  private final Set<SimulatedNode> banning = new LinkedHashSet<>();
  private final Set<InetAddress> banned = new LinkedHashSet<>();

  @Override
  public String name() {
    return "ended-nodes-returned";
  }

  @Override
  public Optional<String> on(RunEvent event) {
    if (event instanceof RunEvent.Banned one) {
      banning.add(one.node());
      banned.add(one.ban().address());
    }
    return Optional.empty();
  }

  /** Bans outlive lives: who has made one or has one may meet nobody. */
  private boolean isApart(SimulatedNode node) {
    return banning.contains(node) || banned.contains(node.address().address());
  }

  @Override
  public ClaimResult check(RunRecord run) {
    List<SimulatedNode> ended =
        run.nodes().stream().filter(node -> !node.crashesNanos().isEmpty()).toList();
    List<SimulatedNode> missing =
        ended.stream()
            .filter(node -> !node.isUp() || run.peersAtEnd().get(node.index()) == 0)
            .filter(node -> !node.isUp() || !isApart(node))
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
