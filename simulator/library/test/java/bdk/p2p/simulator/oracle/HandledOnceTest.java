package bdk.p2p.simulator.oracle;

import static bdk.p2p.simulator.run.HandMadeRun.SECOND;

import bdk.p2p.simulator.run.BroadcastRecord;
import bdk.p2p.simulator.run.SimulatedNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HandledOnceTest extends ClaimCase {
  private final SimulatedNode origin = run.normal();
  private final SimulatedNode other = run.normal();
  private final BroadcastRecord broadcast = run.publish(origin, 5 * SECOND, other);

  @BeforeEach
  void watch() {
    judge(new HandledOnce());
  }

  @Test
  void holdsIfEachHandledItOnce() {
    run.arrive(broadcast, other, 6 * SECOND);
    assertHolds();
  }

  @Test
  void breaksAtOnceIfOneHandledItAgain() {
    run.arrive(broadcast, other, 6 * SECOND);
    assertNotBrokenYet();
    run.arrive(broadcast, other, 7 * SECOND);
    assertBrokenAt(7 * SECOND, "node-1 handled a broadcast again");
  }

  @Test
  void breaksIfTheOriginHandledItsOwn() {
    run.arrive(broadcast, origin, 6 * SECOND);
    assertBrokenAt(6 * SECOND, "node-0 handled a broadcast again");
  }

  @Test
  void holdsIfOneHandledItAgainInAnotherLife() {
    run.arrive(broadcast, other, 6 * SECOND);
    run.crashAndReturn(other, 7 * SECOND);
    run.arrive(broadcast, other, 8 * SECOND);
    assertHolds();
  }

  @Test
  void breaksIfOneHandledItTwiceInItsSecondLife() {
    run.arrive(broadcast, other, 6 * SECOND);
    run.crashAndReturn(other, 7 * SECOND);
    run.arrive(broadcast, other, 8 * SECOND);
    run.arrive(broadcast, other, 9 * SECOND);
    assertBreaks("1 of them again");
  }

  @Test
  void breaksIfNobodyHandledAnythingThoughItWasWanted() {
    assertBreaks("0 handled");
  }
}
