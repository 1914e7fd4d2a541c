package bdk.p2p.simulator.oracle;

import bdk.p2p.simulator.run.NodeState;
import bdk.p2p.simulator.run.RunEvent;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.SimulatedNode;
import java.util.Comparator;
import java.util.Optional;

/**
 * No node reads more bytes in the whole run, in all its lives, than the scenario's budget. Looked
 * at once a second and at the end.
 */
final class BytesBudget implements Claim {
  private final long budget;

  BytesBudget(long budget) {
    this.budget = budget;
  }

  @Override
  public String name() {
    return "bytes-budget";
  }

  @Override
  public Optional<String> on(RunEvent event) {
    if (event instanceof RunEvent.Sampled sampled) {
      for (NodeState state : sampled.nodes()) {
        long bytes = state.node().bytesIn() + state.statistics().bytesIn();
        if (bytes > budget) {
          return Optional.of(
              "%s has read %d bytes, the budget is %d".formatted(state.node(), bytes, budget));
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public ClaimResult check(RunRecord run) {
    SimulatedNode busiest =
        run.nodes().stream().max(Comparator.comparingLong(SimulatedNode::bytesIn)).orElseThrow();
    return result(
        busiest.bytesIn() <= budget,
        "%s read most, %d bytes of %d".formatted(busiest, busiest.bytesIn(), budget));
  }
}
