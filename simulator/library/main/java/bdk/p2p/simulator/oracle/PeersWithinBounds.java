package bdk.p2p.simulator.oracle;

import bdk.p2p.message.NodeType;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.SimulatedNode;
import java.util.IntSummaryStatistics;
import java.util.List;

/**
 * At the end every node that is up has at least as many NORMAL peers as it wants, or as there are,
 * and no more of all types than it may.
 */
final class PeersWithinBounds implements Claim {
  private static final int SHOWN = 5;

  @Override
  public String name() {
    return "peers-within-bounds";
  }

  @Override
  public ClaimResult check(RunRecord run) {
    List<SimulatedNode> up = run.nodes().stream().filter(SimulatedNode::isUp).toList();
    int normal = (int) up.stream().filter(node -> node.type() == NodeType.NORMAL).count();
    List<SimulatedNode> outside = up.stream().filter(node -> !isWithin(node, run, normal)).toList();
    IntSummaryStatistics peers =
        up.stream()
            .filter(node -> node.type() == NodeType.NORMAL)
            .mapToInt(node -> run.peersAtEnd().get(node.index()))
            .summaryStatistics();
    String detail = "NORMAL nodes have " + peers.getMin() + " to " + peers.getMax() + " peers";
    return result(outside.isEmpty(), outside.isEmpty() ? detail : detail + shown(outside));
  }

  private static String shown(List<SimulatedNode> outside) {
    List<SimulatedNode> first = outside.subList(0, Math.min(SHOWN, outside.size()));
    int more = outside.size() - first.size();
    return "; outside: " + first + (more > 0 ? " and " + more + " more" : "");
  }

  private static boolean isWithin(SimulatedNode node, RunRecord run, int normal) {
    int wanted = node.type() == NodeType.NORMAL ? Math.min(node.group().minPeers(), normal - 1) : 0;
    return run.normalPeersAtEnd().get(node.index()) >= wanted
        && run.peersAtEnd().get(node.index()) <= node.group().maxPeers();
  }
}
