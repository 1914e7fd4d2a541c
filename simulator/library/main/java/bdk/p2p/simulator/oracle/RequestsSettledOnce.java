package bdk.p2p.simulator.oracle;

import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.SimulatedNode;

/** Every request of the workload ends exactly once, unless its asker crashed first. */
final class RequestsSettledOnce implements Claim {
  @Override
  public String name() {
    return "requests-settled-once";
  }

  @Override
  public ClaimResult check(RunRecord run) {
    int asked = 0;
    int settled = 0;
    int abandoned = 0;
    for (SimulatedNode node : run.nodes()) {
      asked += node.asked();
      settled += node.settled();
      abandoned += node.abandoned();
    }
    boolean wanted = run.scenario().workload().requests().isPresent();
    return result(
        settled + abandoned == asked && (asked > 0 || !wanted),
        asked + " asked, " + settled + " settled, " + abandoned + " lost with their asker");
  }
}
