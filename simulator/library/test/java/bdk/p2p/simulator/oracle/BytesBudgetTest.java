package bdk.p2p.simulator.oracle;

import static bdk.p2p.simulator.run.HandMadeRun.SECOND;

import bdk.p2p.manager.ManagerStatistics;
import bdk.p2p.simulator.run.NodeState;
import bdk.p2p.simulator.run.SimulatedNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BytesBudgetTest extends ClaimCase {
  private final SimulatedNode node = run.normal();

  @BeforeEach
  void watch() {
    judge(new BytesBudget(1_000));
  }

  private void sample(long nanos, long bytesIn) {
    ManagerStatistics statistics =
        new ManagerStatistics(
            0, 0, 0, 0, 0, 0, 0, 0, bytesIn, 0, 0, 0, 0, Map.of(), Map.of(), 0, Map.of(), Map.of(),
            Map.of(), 0);
    run.sample(nanos, List.of(new NodeState(node, statistics, List.of())));
  }

  @Test
  void holdsAtTheBudgetAndBreaksAboveIt() {
    sample(SECOND, 1_000);
    assertHolds();
    sample(2 * SECOND, 1_001);
    assertBrokenAt(2 * SECOND, "node-0 has read 1001 bytes, the budget is 1000");
  }
}
