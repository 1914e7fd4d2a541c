package bdk.p2p.simulator.oracle;

import bdk.p2p.message.NodeId;
import bdk.p2p.simulator.run.RunEvent;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.SimulatedNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** No node has two sessions of one peer: none is told of before the one before has gone. */
final class OneSessionPerPeer implements Claim {
  private final Map<SimulatedNode, Set<NodeId>> peers = new HashMap<>();
  private int connected;
  private int wrong;

  @Override
  public String name() {
    return "one-session-per-peer";
  }

  @Override
  public Optional<String> on(RunEvent event) {
    if (event instanceof RunEvent.Connected one) {
      connected++;
      if (!of(one.node()).add(one.peer().id())) {
        wrong++;
        return Optional.of(one.node() + " has a second session of " + one.peer().id());
      }
    } else if (event instanceof RunEvent.Disconnected one) {
      of(one.node()).remove(one.peer().id());
    } else if (event instanceof RunEvent.Ended ended) {
      of(ended.node()).clear();
    }
    return Optional.empty();
  }

  private Set<NodeId> of(SimulatedNode node) {
    return peers.computeIfAbsent(node, unknown -> new HashSet<>());
  }

  @Override
  public ClaimResult check(RunRecord run) {
    return result(
        wrong == 0 && (connected > 0 || !run.isWhole()),
        connected + " sessions, " + wrong + " of them beside another of the same peer");
  }
}
