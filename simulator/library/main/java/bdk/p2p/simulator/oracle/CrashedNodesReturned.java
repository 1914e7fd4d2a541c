package bdk.p2p.simulator.oracle;

import bdk.p2p.message.NodeType;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.SimulatedNode;
import bdk.p2p.simulator.scenario.Crash;
import java.util.List;

/** As many nodes crashed as the scenario says, and every one of them is back among peers. */
final class CrashedNodesReturned implements Claim {
  @Override
  public String name() {
    return "crashed-nodes-returned";
  }

  @Override
  public ClaimResult check(RunRecord run) {
    List<SimulatedNode> crashed =
        run.nodes().stream().filter(node -> !node.crashesNanos().isEmpty()).toList();
    long back =
        crashed.stream()
            .filter(node -> node.isUp() && run.peersAtEnd().get(node.index()) > 0)
            .count();
    int normal = (int) run.nodes().stream().filter(node -> node.type() == NodeType.NORMAL).count();
    // Nobody is drawn twice before everybody was drawn once.
    int wanted = Math.min(normal, run.scenario().crashes().stream().mapToInt(Crash::nodes).sum());
    return result(
        crashed.size() == wanted && back == wanted,
        crashed.size() + " of " + wanted + " nodes crashed, " + back + " are back among peers");
  }
}
