package bdk.p2p.simulator.oracle;

import bdk.p2p.simulator.run.BroadcastRecord;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.SimulatedNode;
import java.time.Duration;
import java.util.List;

/** Who may be expected to get a broadcast. No state. */
public final class Expectation {
  private Expectation() {}

  /**
   * The nodes that were connected when it was published and did not crash within the bound. Nobody,
   * if its publisher crashed within it before it reached one of them: what was not sent, nobody can
   * deliver; what one node has, it relays.
   */
  public static List<SimulatedNode> of(BroadcastRecord broadcast, RunRecord run) {
    List<SimulatedNode> stayed =
        broadcast.audience().stream()
            .filter(node -> !crashedWithinBound(node, broadcast, run))
            .toList();
    boolean isLost =
        crashedWithinBound(broadcast.origin(), broadcast, run)
            && stayed.stream().noneMatch(broadcast.arrivals()::containsKey);
    return isLost ? List.of() : stayed;
  }

  /** The longest time that a broadcast may take. */
  static long boundNanos(RunRecord run) {
    return run.scenario().bounds().deliveredWithin().orElse(Duration.ofSeconds(20)).toNanos();
  }

  private static boolean crashedWithinBound(
      SimulatedNode node, BroadcastRecord broadcast, RunRecord run) {
    long from = broadcast.publishedNanos();
    return node.crashedWithin(from, from + boundNanos(run));
  }
}
