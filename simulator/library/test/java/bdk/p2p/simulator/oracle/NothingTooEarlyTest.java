package bdk.p2p.simulator.oracle;

import static bdk.p2p.simulator.run.HandMadeRun.END;
import static bdk.p2p.simulator.run.HandMadeRun.MILLI;
import static bdk.p2p.simulator.run.HandMadeRun.SECOND;

import bdk.p2p.simulator.run.BroadcastRecord;
import bdk.p2p.simulator.run.SimulatedNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NothingTooEarlyTest extends ClaimCase {
  private final SimulatedNode origin = run.normal();
  private final SimulatedNode middle = run.normal();
  private final SimulatedNode far = run.normal();
  private final BroadcastRecord broadcast = run.publish(origin, 5 * SECOND, middle, far);

  @BeforeEach
  void watch() {
    judge(new NothingTooEarly());
  }

  private void line() {
    run.link(origin, middle, SECOND, END);
    run.link(middle, far, SECOND, END);
  }

  @Test
  void holdsIfEachHopTookItsLatency() {
    line();
    run.arrive(broadcast, middle, 5 * SECOND + 10 * MILLI);
    run.arrive(broadcast, far, 5 * SECOND + 20 * MILLI);
    assertHolds();
  }

  @Test
  void breaksIfOneHopTookLess() {
    line();
    run.arrive(broadcast, middle, 5 * SECOND + 10 * MILLI);
    run.arrive(broadcast, far, 5 * SECOND + 20 * MILLI - 1);
    assertBreaks("2 arrivals, 1 without a possible path");
  }

  @Test
  void breaksIfItArrivedBeforeItWasPublished() {
    line();
    run.arrive(broadcast, middle, 5 * SECOND - 1);
    assertBreaks("1 without a possible path");
  }

  @Test
  void breaksIfNoNeighbourHadIt() {
    line();
    run.arrive(broadcast, far, 9 * SECOND);
    assertBreaks("1 without a possible path");
  }

  @Test
  void breaksIfTheLinkOpenedTooLateForIt() {
    run.link(origin, middle, 6 * SECOND, END);
    run.arrive(broadcast, middle, 6 * SECOND + 10 * MILLI - 1);
    assertBreaks("1 without a possible path");
  }

  @Test
  void breaksIfTheLinkClosedTooEarlyForIt() {
    run.link(origin, middle, SECOND, 5 * SECOND + 10 * MILLI - 1);
    run.arrive(broadcast, middle, 6 * SECOND);
    assertBreaks("1 without a possible path");
  }

  @Test
  void breaksIfNothingArrivedThoughItWasWanted() {
    line();
    assertBreaks("0 arrivals");
  }
}
