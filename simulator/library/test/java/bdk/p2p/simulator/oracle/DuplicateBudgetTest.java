package bdk.p2p.simulator.oracle;

import static bdk.p2p.simulator.run.HandMadeRun.SECOND;

import bdk.p2p.simulator.run.BroadcastRecord;
import bdk.p2p.simulator.run.SimulatedNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DuplicateBudgetTest extends ClaimCase {
  private final SimulatedNode origin = run.normal();
  private final SimulatedNode one = run.normal();
  private final SimulatedNode two = run.normal();
  private final BroadcastRecord broadcast = run.publish(origin, 5 * SECOND, one, two);

  @Test
  void holdsAtTheBudgetAndBreaksAboveIt() {
    judge(new DuplicateBudget(run.scenario()));
    run.arrive(broadcast, one, 6 * SECOND);
    run.arrive(broadcast, two, 6 * SECOND);
    run.duplicate(broadcast);
    assertHolds();
    run.duplicate(broadcast);
    assertNotBrokenYet();
    assertBreaks("1.00 a delivery, budget 0.50");
  }

  @Test
  void breaksIfThereAreCopiesButNoDeliveries() {
    judge(new DuplicateBudget(run.scenario()));
    run.duplicate(broadcast);
    assertBreaks("1 copies, 0 deliveries");
  }

  @Test
  void breaksAtOnceWithMoreCopiesThanTheWorkloadMayBring() {
    // One broadcast at 0 and 1 s, three NORMAL nodes, half a copy for each: three.
    Duration second = Duration.ofSeconds(1);
    judge(new DuplicateBudget(run.scenario().withTimes(Duration.ZERO, second, second)));
    for (int copy = 0; copy < 3; copy++) {
      run.duplicate(broadcast);
    }
    assertNotBrokenYet();
    run.duplicate(broadcast);
    assertBrokenAt(5 * SECOND, "4 copies");
  }
}
