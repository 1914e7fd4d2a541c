package bdk.p2p.simulator.oracle;

import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.SimulatedNode;
import bdk.p2p.simulator.scenario.Crash;
import java.util.List;

/** The crashes of the scenario happened, and every node that crashed is back among peers. */
final class CrashedNodesReturned implements Claim {
  @Override
  public String name() {
    return "crashed-nodes-returned";
  }

  @Override
  public ClaimResult check(RunRecord run) {
    List<SimulatedNode> crashed =
        run.nodes().stream().filter(node -> node.lastCrashNanos() >= 0).toList();
    long back =
        crashed.stream()
            .filter(node -> node.isUp() && run.peersAtEnd().get(node.index()) > 0)
            .count();
    boolean wanted = run.scenario().crashes().stream().mapToInt(Crash::nodes).sum() > 0;
    return result(
        back == crashed.size() && (!wanted || !crashed.isEmpty()),
        crashed.size() + " nodes crashed, " + back + " are back among peers");
  }
}
