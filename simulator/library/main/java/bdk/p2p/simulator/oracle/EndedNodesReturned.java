package bdk.p2p.simulator.oracle;

import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.SimulatedNode;
import java.util.List;

/**
 * Every node whose life a fault ended is back among peers at the end. Says nothing of a run that
 * was cut short.
 */
final class EndedNodesReturned implements Claim {
  @Override
  public String name() {
    return "ended-nodes-returned";
  }

  @Override
  public ClaimResult check(RunRecord run) {
    List<SimulatedNode> ended =
        run.nodes().stream().filter(node -> !node.crashesNanos().isEmpty()).toList();
    List<SimulatedNode> missing =
        ended.stream()
            .filter(node -> !node.isUp() || run.peersAtEnd().get(node.index()) == 0)
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
