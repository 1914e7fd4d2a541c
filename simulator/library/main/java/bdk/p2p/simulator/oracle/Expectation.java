package bdk.p2p.simulator.oracle;

import bdk.p2p.simulator.run.BroadcastRecord;
import bdk.p2p.simulator.run.FaultOutcome;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.SimulatedNode;
import java.util.List;

/** Who may be expected to get a broadcast. No state. */
public final class Expectation {
  private Expectation() {}

  /**
   * Its audience without the nodes whose life ended before it was due. Nobody, if its publisher's
   * life ended before it reached one of them: what was not sent, nobody can deliver; what one node
   * has, it relays. Nobody either, if a fault disturbed its delivery.
   */
  public static List<SimulatedNode> of(BroadcastRecord broadcast, RunRecord run) {
    DisturbedTimes disturbed = new DisturbedTimes(run.scenario());
    run.faults().stream()
        .filter(FaultOutcome::began)
        .map(FaultOutcome::fault)
        .forEach(disturbed::add);
    return disturbed.touch(broadcast.publishedNanos(), broadcast.dueNanos())
        ? List.of()
        : of(broadcast);
  }

  /** The same without regard to faults that disturb delivery. */
  static List<SimulatedNode> of(BroadcastRecord broadcast) {
    List<SimulatedNode> stayed =
        broadcast.audience().stream().filter(node -> !endedBeforeDue(node, broadcast)).toList();
    boolean isLost =
        endedBeforeDue(broadcast.origin(), broadcast)
            && stayed.stream().noneMatch(broadcast.arrivals()::containsKey);
    return isLost ? List.of() : stayed;
  }

  static boolean endedBeforeDue(SimulatedNode node, BroadcastRecord broadcast) {
    return node.crashedWithin(broadcast.publishedNanos(), broadcast.dueNanos());
  }
}
