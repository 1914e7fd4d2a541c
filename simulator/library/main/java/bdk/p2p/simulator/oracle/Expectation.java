package bdk.p2p.simulator.oracle;

import bdk.p2p.simulator.run.BroadcastRecord;
import bdk.p2p.simulator.run.FaultOutcome;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.SimulatedNode;
import java.util.List;
import java.util.Set;

/** Who may be expected to get a broadcast. No state. */
public final class Expectation {
  private Expectation() {}

  /**
   * Its audience without the nodes whose life ended, or that a fault disturbed, before it was due.
   * Nobody, if that happened to its publisher before it reached one of them: what was not sent,
   * nobody can deliver; what one node has, it relays.
   */
  public static List<SimulatedNode> of(BroadcastRecord broadcast, RunRecord run) {
    DisturbedTimes disturbed = new DisturbedTimes(run.scenario());
    run.faults().stream()
        .filter(FaultOutcome::began)
        .map(FaultOutcome::fault)
        .forEach(disturbed::add);
    return of(broadcast, disturbed.struck(broadcast.publishedNanos(), broadcast.dueNanos()));
  }

  /**
   * The same.
   *
   * @param struck the indexes of the nodes that were disturbed
   */
  static List<SimulatedNode> of(BroadcastRecord broadcast, Set<Integer> struck) {
    List<SimulatedNode> stayed =
        broadcast.audience().stream().filter(node -> isSound(node, broadcast, struck)).toList();
    boolean isLost =
        !isSound(broadcast.origin(), broadcast, struck)
            && stayed.stream().noneMatch(broadcast.arrivals()::containsKey);
    return isLost ? List.of() : stayed;
  }

  /** True if nothing happened to the node from the publication until the broadcast was due. */
  static boolean isSound(SimulatedNode node, BroadcastRecord broadcast, Set<Integer> struck) {
    return !struck.contains(node.index())
        && !node.crashedWithin(broadcast.publishedNanos(), broadcast.dueNanos());
  }
}
