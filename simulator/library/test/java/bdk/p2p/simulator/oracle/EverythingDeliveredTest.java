package bdk.p2p.simulator.oracle;

import static bdk.p2p.simulator.run.HandMadeRun.END;
import static bdk.p2p.simulator.run.HandMadeRun.MILLI;
import static bdk.p2p.simulator.run.HandMadeRun.SECOND;

import bdk.p2p.simulator.run.BroadcastRecord;
import bdk.p2p.simulator.run.SimulatedNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EverythingDeliveredTest extends ClaimCase {
  private final SimulatedNode origin = run.normal();
  private final SimulatedNode near = run.normal();
  private final SimulatedNode far = run.normal();

  @BeforeEach
  void watch() {
    judge(new EverythingDelivered(run.scenario()));
    run.connect(origin, near, SECOND);
    run.connect(near, far, SECOND);
  }

  private BroadcastRecord publish() {
    return run.publish(origin, 5 * SECOND, near, far);
  }

  private BroadcastRecord publishHalf() {
    BroadcastRecord broadcast = publish();
    run.arrive(broadcast, near, 5 * SECOND + 10 * MILLI);
    return broadcast;
  }

  @Test
  void holdsIfAllGotItAtTheBound() {
    run.arrive(publishHalf(), far, 6 * SECOND);
    run.sample(7 * SECOND);
    assertHolds();
  }

  @Test
  void breaksAtTheFirstEventAfterTheBound() {
    publishHalf();
    run.sample(6 * SECOND);
    assertNotBrokenYet();
    run.sample(6 * SECOND + 1);
    assertBrokenAt(6 * SECOND + 1, "never arrived at node-2");
  }

  @Test
  void breaksIfOneGotItJustAfterTheBound() {
    run.arrive(publishHalf(), far, 6 * SECOND + 1);
    assertBreaks("arrived after 1000 ms at node-2");
  }

  @Test
  void breaksAtTheEndIfNothingHappensAfterTheBound() {
    publishHalf();
    assertBreaks("never arrived at node-2");
  }

  @Test
  void saysNothingOfWhatIsUnderWayAtTheEnd() {
    run.arrive(publishHalf(), far, 5 * SECOND + 20 * MILLI);
    run.publish(origin, END - SECOND + 1, near, far);
    assertHolds();
  }

  @Test
  void breaksIfNothingWasPublishedThoughItWasWanted() {
    assertBreaks("0 of 0");
  }

  @Test
  void holdsIfNothingWasToBePublished() {
    run.wantNothing();
    assertHolds();
  }

  @Test
  void doesNotExpectItAtOneThatCrashedWithinTheBound() {
    publishHalf();
    run.crashAndReturn(far, 6 * SECOND);
    run.sample(7 * SECOND);
    assertHolds();
  }

  @Test
  void expectsItAtOneThatCrashedAfterTheBound() {
    publishHalf();
    run.crashAndReturn(far, 6 * SECOND + 1);
    assertBreaks("never arrived at node-2");
  }

  @Test
  void expectsNothingBeyondTheOnlyPathIfThatCrashed() {
    run.arrive(run.publish(origin, 2 * SECOND, near), near, 2 * SECOND + 10 * MILLI);
    publishHalf();
    run.crashAndReturn(near, 5 * SECOND + 15 * MILLI);
    run.sample(7 * SECOND);
    assertHolds();
  }

  @Test
  void breaksIfAnotherPathWasThereAllTheTime() {
    run.connect(origin, far, 5 * SECOND);
    publishHalf();
    run.crashAndReturn(near, 5 * SECOND + 15 * MILLI);
    run.sample(7 * SECOND);
    assertBreaks("never arrived at node-2");
  }

  @Test
  void expectsNothingOverSessionThatCameLater() {
    run.arrive(run.publish(origin, 2 * SECOND, near), near, 2 * SECOND + 10 * MILLI);
    publishHalf();
    run.connect(origin, far, 5 * SECOND + 1);
    run.crashAndReturn(near, 5 * SECOND + 15 * MILLI);
    run.sample(7 * SECOND);
    assertHolds();
  }

  @Test
  void breaksIfOneHadItWhenTheOriginCrashedAndDidNotPassItOn() {
    publishHalf();
    run.crashAndReturn(origin, 5 * SECOND + 20 * MILLI);
    assertBreaks("1 of 2");
  }

  @Test
  void doesNotExpectWhatWasLostWithItsOrigin() {
    publish();
    run.crashAndReturn(origin, 5 * SECOND);
    run.arrive(run.publish(near, 20 * SECOND, far), far, 20 * SECOND + 10 * MILLI);
    run.sample(22 * SECOND);
    assertHolds();
  }

  @Test
  void expectsItAtThoseWhomNoFaultDisturbs() {
    run.fault(fault("partition", true), 4 * SECOND, 16 * SECOND, 1, 2);
    publish();
    run.sample(6 * SECOND + 1);
    assertBrokenAt(6 * SECOND + 1, "never arrived at node-1 and 0 more");
  }

  @Test
  void expectsNothingBeyondTheOnlyPathIfThatIsDisturbed() {
    run.fault(fault("partition", true), 4 * SECOND, 16 * SECOND, 1, 1);
    SimulatedNode fourth = run.normal();
    run.connect(fourth, origin, SECOND);
    BroadcastRecord broadcast = run.publish(origin, 5 * SECOND, near, far, fourth);
    run.arrive(broadcast, fourth, 5 * SECOND + 10 * MILLI);
    run.sample(17 * SECOND);
    assertHolds();
  }

  @Test
  void expectsNothingWhileDeliveryIsDisturbed() {
    run.fault(fault("partition", true), 6 * SECOND, 16 * SECOND, 1, 2);
    publishHalf();
    run.sample(17 * SECOND);
    assertHolds();
  }

  @Test
  void expectsNothingWhileFaultGoesOnLongerThanPlanned() {
    run.lateFault(fault("partition", true), 2 * SECOND, 3 * SECOND, 20 * SECOND, 1, 2);
    run.arrive(run.publish(origin, 15 * SECOND, near, far), near, 15 * SECOND + 10 * MILLI);
    run.sample(17 * SECOND);
    assertHolds();
    // 18.2 s for repetitions, then 1 s for NodeInfo, 2 x 2 s for probes and 1 s.
    run.publish(origin, 44 * SECOND + 201 * MILLI, near, far);
    run.sample(46 * SECOND);
    assertBrokenAt(46 * SECOND, "never arrived");
  }

  @Test
  void expectsEverythingWhenTheNetworkHasRecovered() {
    run.fault(fault("partition", true), 2 * SECOND, 2 * SECOND + MILLI, 1, 0, 1, 2);
    // 0.201 s for repetitions, then 1 s for NodeInfo, 2 x 2 s for probes and 1 s.
    run.publish(origin, 8 * SECOND + 202 * MILLI, near, far);
    assertNotBrokenYet();
    run.publish(origin, 8 * SECOND + 203 * MILLI, near, far);
    run.sample(9 * SECOND + 203 * MILLI);
    assertNotBrokenYet();
    run.sample(10 * SECOND);
    assertBrokenAt(10 * SECOND, "never arrived");
  }

  @Test
  void expectsEverythingDuringFaultThatDoesNotDisturb() {
    run.fault(fault("crash", false), 4 * SECOND, 16 * SECOND, 1, 2);
    publishHalf();
    run.sample(17 * SECOND);
    assertBreaks("never arrived at node-2");
  }
}
