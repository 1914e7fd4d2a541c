package bdk.p2p.simulator.oracle;

import bdk.p2p.simulator.run.BroadcastRecord;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.SimulatedNode;
import java.util.List;

/** Who may be expected to get a broadcast. No state. */
public final class Expectation {
  private Expectation() {}

  /**
   * The nodes that were connected when it was published and did not crash within the bound, unless its
   * publisher crashed within it: what it had not sent by then, nobody can deliver.
   */
  public static List<SimulatedNode> of(BroadcastRecord broadcast, RunRecord run) {
    if (crashedWithinBound(broadcast.origin(), broadcast, run)) {
      return List.of();
    }
    return broadcast.audience().stream()
        .filter(node -> !crashedWithinBound(node, broadcast, run))
        .toList();
  }

  private static boolean crashedWithinBound(
      SimulatedNode node, BroadcastRecord broadcast, RunRecord run) {
    long crash = node.lastCrashNanos();
    long since = crash - broadcast.publishedNanos();
    return crash >= 0
        && since >= 0
        && since <= run.scenario().bounds().deliveredWithin().toNanos();
  }
}
