package bdk.p2p.simulator.oracle;

import static bdk.p2p.simulator.run.HandMadeRun.SECOND;

import bdk.p2p.simulator.run.SimulatedNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndedNodesReturnedTest extends ClaimCase {
  private final SimulatedNode one = run.normal();
  private final SimulatedNode two = run.normal();

  @BeforeEach
  void watch() {
    judge(new EndedNodesReturned(run.scenario()));
  }

  @Test
  void holdsWithoutCrashes() {
    assertHolds();
  }

  @Test
  void holdsIfAllAreBack() {
    run.crashAndReturn(one, SECOND);
    run.crashAndReturn(two, 2 * SECOND);
    assertHolds();
  }

  @Test
  void breaksIfOneStaysAway() {
    run.crash(one, SECOND);
    assertBreaks("0 are back");
  }

  @Test
  void breaksIfOneIsBackWithoutPeers() {
    run.crashAndReturn(run.normal(0, 0), SECOND);
    assertBreaks("0 are back");
  }

  @Test
  void doesNotAskForWhoIsBannedOrBans() {
    SimulatedNode alone = run.normal(0, 0);
    run.crashAndReturn(alone, SECOND);
    run.banned(one, alone.address().address(), 2 * SECOND);
    assertHolds();
  }

  @Test
  void saysNothingOfRunThatWasCutShort() {
    run.crash(one, SECOND);
    run.cutShort(2 * SECOND);
    assertHolds();
  }

  /** The workload is over after 90 s, and nobody can have found peers within a second. */
  @Test
  void doesNotAskForWhoCameBackInTheCoolDownAndMayStillLookForPeers() {
    SimulatedNode alone = run.normal(0, 0);
    run.crashAndReturn(alone, 95 * SECOND);
    run.crashAndReturn(one, 96 * SECOND);
    assertHolds();
  }

  @Test
  void asksForWhoHasHadTimeInALongCoolDown() {
    SimulatedNode alone = run.normal(0, 0);
    run.crashAndReturn(alone, 95 * SECOND);
    run.crashAndReturn(one, 1_000 * SECOND);
    run.cutShort(1_001 * SECOND);
    assertBreaks("1 are back");
  }
}
