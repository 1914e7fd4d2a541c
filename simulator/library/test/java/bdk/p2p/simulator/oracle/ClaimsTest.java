package bdk.p2p.simulator.oracle;

import static bdk.p2p.simulator.run.HandMadeRun.END;
import static bdk.p2p.simulator.run.HandMadeRun.MILLI;
import static bdk.p2p.simulator.run.HandMadeRun.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.DropReason;
import bdk.p2p.simulator.run.BroadcastRecord;
import bdk.p2p.simulator.run.HandMadeRun;
import bdk.p2p.simulator.run.SimulatedNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each claim holds of what it must let pass and breaks at what it must not. */
class ClaimsTest {
  private final HandMadeRun run = new HandMadeRun();

  @AfterEach
  void close() {
    run.close();
  }

  private void assertHolds(Claim claim) {
    ClaimResult result = claim.check(run.record());
    assertTrue(result.held(), result::detail);
    assertEquals(claim.name(), result.name());
  }

  private void assertBreaks(Claim claim, String evidence) {
    ClaimResult result = claim.check(run.record());
    assertFalse(result.held(), result::detail);
    assertTrue(result.detail().contains(evidence), result::detail);
  }

  @Test
  void namesAreUnique() {
    List<String> names = Claim.of(run.record().scenario()).stream().map(Claim::name).toList();
    Set<String> distinct = new HashSet<>(names);
    assertEquals(8, distinct.size());
    assertEquals(names.size(), distinct.size());
  }

  @Nested
  class EverythingDeliveredTest {
    private final Claim claim = new EverythingDelivered();
    private final SimulatedNode origin = run.normal();
    private final SimulatedNode near = run.normal();
    private final SimulatedNode far = run.normal();

    private BroadcastRecord publish() {
      return run.publish(origin, 5 * SECOND, near, far);
    }

    @Test
    void holdsIfAllGotItAtTheBound() {
      BroadcastRecord broadcast = publish();
      run.arrive(broadcast, near, 5 * SECOND + 10 * MILLI);
      run.arrive(broadcast, far, 6 * SECOND);
      assertHolds(claim);
    }

    @Test
    void breaksIfOneGotItJustAfterTheBound() {
      BroadcastRecord broadcast = publish();
      run.arrive(broadcast, near, 5 * SECOND + 10 * MILLI);
      run.arrive(broadcast, far, 6 * SECOND + 1);
      assertBreaks(claim, "arrived after 1000 ms at node-2");
    }

    @Test
    void breaksIfOneNeverGotIt() {
      run.arrive(publish(), near, 5 * SECOND + 10 * MILLI);
      assertBreaks(claim, "never arrived at node-2");
    }

    @Test
    void breaksIfNothingWasPublishedThoughItWasWanted() {
      assertBreaks(claim, "0 of 0");
    }

    @Test
    void holdsIfNothingWasToBePublished() {
      run.wantNothing();
      assertHolds(claim);
    }

    @Test
    void doesNotExpectItAtOneThatCrashedWithinTheBound() {
      run.arrive(publish(), near, 5 * SECOND + 10 * MILLI);
      run.crashAndReturn(far, 6 * SECOND);
      assertHolds(claim);
    }

    @Test
    void expectsItAtOneThatCrashedAfterTheBound() {
      run.arrive(publish(), near, 5 * SECOND + 10 * MILLI);
      run.crashAndReturn(far, 6 * SECOND + 1);
      assertBreaks(claim, "never arrived at node-2");
    }

    @Test
    void doesNotForgetCrashWithinTheBoundWhenAnotherFollows() {
      run.arrive(publish(), near, 5 * SECOND + 10 * MILLI);
      run.crashAndReturn(far, 5 * SECOND + 10 * MILLI);
      run.crashAndReturn(far, 50 * SECOND);
      assertHolds(claim);
    }

    @Test
    void breaksIfOneHadItWhenTheOriginCrashedAndDidNotPassItOn() {
      run.arrive(publish(), near, 5 * SECOND + 10 * MILLI);
      run.crashAndReturn(origin, 5 * SECOND + 20 * MILLI);
      assertBreaks(claim, "1 of 2");
    }

    @Test
    void doesNotExpectWhatWasLostWithItsOrigin() {
      publish();
      run.arrive(run.publish(near, 20 * SECOND, far), far, 20 * SECOND + 10 * MILLI);
      run.crashAndReturn(origin, 5 * SECOND);
      assertHolds(claim);
    }
  }

  @Nested
  class HandledOnceTest {
    private final Claim claim = new HandledOnce();
    private final SimulatedNode origin = run.normal();
    private final SimulatedNode other = run.normal();
    private final BroadcastRecord broadcast = run.publish(origin, 5 * SECOND, other);

    @Test
    void holdsIfEachHandledItOnce() {
      run.arrive(broadcast, other, 6 * SECOND);
      assertHolds(claim);
    }

    @Test
    void breaksIfOneHandledItAgain() {
      run.arrive(broadcast, other, 6 * SECOND);
      run.arrive(broadcast, other, 7 * SECOND);
      assertBreaks(claim, "1 of them again");
    }

    @Test
    void breaksIfTheOriginHandledItsOwn() {
      run.arrive(broadcast, origin, 6 * SECOND);
      assertBreaks(claim, "1 of them again");
    }

    @Test
    void holdsIfOneHandledItAgainInAnotherLife() {
      run.arrive(broadcast, other, 6 * SECOND);
      run.crashAndReturn(other, 7 * SECOND);
      run.arrive(broadcast, other, 8 * SECOND);
      assertHolds(claim);
    }

    @Test
    void breaksIfOneHandledItTwiceInItsSecondLife() {
      run.arrive(broadcast, other, 6 * SECOND);
      run.crashAndReturn(other, 7 * SECOND);
      run.arrive(broadcast, other, 8 * SECOND);
      run.arrive(broadcast, other, 9 * SECOND);
      assertBreaks(claim, "1 of them again");
    }

    @Test
    void breaksIfNobodyHandledAnythingThoughItWasWanted() {
      assertBreaks(claim, "0 handled");
    }
  }

  @Nested
  class NothingTooEarlyTest {
    private final Claim claim = new NothingTooEarly();
    private final SimulatedNode origin = run.normal();
    private final SimulatedNode middle = run.normal();
    private final SimulatedNode far = run.normal();
    private final BroadcastRecord broadcast = run.publish(origin, 5 * SECOND, middle, far);

    private void line() {
      run.link(origin, middle, SECOND, END);
      run.link(middle, far, SECOND, END);
    }

    @Test
    void holdsIfEachHopTookItsLatency() {
      line();
      run.arrive(broadcast, middle, 5 * SECOND + 10 * MILLI);
      run.arrive(broadcast, far, 5 * SECOND + 20 * MILLI);
      assertHolds(claim);
    }

    @Test
    void breaksIfOneHopTookLess() {
      line();
      run.arrive(broadcast, middle, 5 * SECOND + 10 * MILLI);
      run.arrive(broadcast, far, 5 * SECOND + 20 * MILLI - 1);
      assertBreaks(claim, "2 arrivals, 1 without a possible path");
    }

    @Test
    void breaksIfItArrivedBeforeItWasPublished() {
      line();
      run.arrive(broadcast, middle, 5 * SECOND - 1);
      assertBreaks(claim, "1 without a possible path");
    }

    @Test
    void breaksIfNoNeighbourHadIt() {
      line();
      run.arrive(broadcast, far, 9 * SECOND);
      assertBreaks(claim, "1 without a possible path");
    }

    @Test
    void breaksIfTheLinkOpenedTooLateForIt() {
      run.link(origin, middle, 6 * SECOND, END);
      run.arrive(broadcast, middle, 6 * SECOND + 10 * MILLI - 1);
      assertBreaks(claim, "1 without a possible path");
    }

    @Test
    void breaksIfTheLinkClosedTooEarlyForIt() {
      run.link(origin, middle, SECOND, 5 * SECOND + 10 * MILLI - 1);
      run.arrive(broadcast, middle, 6 * SECOND);
      assertBreaks(claim, "1 without a possible path");
    }

    @Test
    void breaksIfNothingArrivedThoughItWasWanted() {
      line();
      assertBreaks(claim, "0 arrivals");
    }
  }

  @Nested
  class DuplicateBudgetTest {
    private final Claim claim = new DuplicateBudget();
    private final SimulatedNode origin = run.normal();
    private final SimulatedNode one = run.normal();
    private final SimulatedNode two = run.normal();
    private final BroadcastRecord broadcast = run.publish(origin, 5 * SECOND, one, two);

    @Test
    void holdsAtTheBudgetAndBreaksAboveIt() {
      run.arrive(broadcast, one, 6 * SECOND);
      run.arrive(broadcast, two, 6 * SECOND);
      run.duplicate(broadcast);
      assertHolds(claim);
      run.duplicate(broadcast);
      assertBreaks(claim, "1.00 a delivery, budget 0.50");
    }

    @Test
    void breaksIfThereAreCopiesButNoDeliveries() {
      run.duplicate(broadcast);
      assertBreaks(claim, "1 copies, 0 deliveries");
    }
  }

  @Nested
  class RequestsSettledOnceTest {
    private final Claim claim = new RequestsSettledOnce();
    private final SimulatedNode asker = run.normal();

    @Test
    void holdsIfEachEndedOnce() {
      run.ask(asker, SECOND, 1);
      assertHolds(claim);
    }

    @Test
    void breaksIfOneNeverEnded() {
      run.ask(asker, SECOND, 1);
      run.ask(asker, SECOND, 0);
      assertBreaks(claim, "1 otherwise");
    }

    @Test
    void breaksIfOneEndedTwiceAndAnotherNever() {
      run.ask(asker, SECOND, 2);
      run.ask(asker, 95 * SECOND, 0);
      run.ask(asker, SECOND, 1);
      assertBreaks(claim, "1 otherwise");
    }

    @Test
    void holdsIfOneIsUnderWayAtTheEnd() {
      run.ask(asker, SECOND, 1);
      run.ask(asker, END - 10 * SECOND, 0);
      assertHolds(claim);
    }

    @Test
    void breaksIfOneIsOpenAtTheEndThoughItsTimeIsUp() {
      run.ask(asker, SECOND, 1);
      run.ask(asker, END - 10 * SECOND - 1, 0);
      assertBreaks(claim, "1 otherwise");
    }

    @Test
    void holdsIfTheAskerCrashedBeforeItEnded() {
      run.ask(asker, SECOND, 1);
      run.ask(asker, 5 * SECOND, 0);
      run.crashAndReturn(asker, 15 * SECOND);
      assertHolds(claim);
    }

    @Test
    void breaksIfTheAskerCrashedLongAfterItShouldHaveEnded() {
      run.ask(asker, SECOND, 1);
      run.ask(asker, 5 * SECOND, 0);
      run.crashAndReturn(asker, 15 * SECOND + 1);
      assertBreaks(claim, "1 otherwise");
    }

    @Test
    void breaksIfNothingWasAskedThoughItWasWanted() {
      assertBreaks(claim, "0 asked");
    }

    @Test
    void holdsIfNothingWasToBeAsked() {
      run.wantNothing();
      assertHolds(claim);
    }
  }

  @Nested
  class PeersWithinBoundsTest {
    private final Claim claim = new PeersWithinBounds();

    private void others() {
      run.normal();
      run.normal();
    }

    @Test
    void holdsAtBothBounds() {
      others();
      run.normal(2, 2);
      run.normal(3, 3);
      run.discovery(9);
      assertHolds(claim);
    }

    @Test
    void breaksBelowTheLeast() {
      others();
      run.normal(1, 1);
      assertBreaks(claim, "outside: [node-2]");
    }

    @Test
    void breaksIfDiscoveryNodesAreCountedAsNormalOnes() {
      others();
      run.normal(2, 1);
      assertBreaks(claim, "outside: [node-2]");
    }

    @Test
    void breaksAboveTheMost() {
      others();
      run.normal(4, 3);
      assertBreaks(claim, "outside: [node-2]");
    }

    @Test
    void breaksIfDiscoveryNodeHasTooMany() {
      others();
      run.discovery(10);
      assertBreaks(claim, "discovery-2");
    }

    @Test
    void holdsIfThereIsNobodyElseToFind() {
      run.normal(0, 0);
      assertHolds(claim);
    }

    @Test
    void asksNothingOfNodeThatIsDown() {
      others();
      run.normal();
      run.crash(run.normal(0, 0), 99 * SECOND);
      assertHolds(claim);
    }
  }

  @Nested
  class NobodyPunishedTest {
    private final Claim claim = new NobodyPunished();
    private final SimulatedNode node = run.normal();

    @Test
    void holdsIfPeersOnlyLeave() {
      node.disconnected().merge(CloseReason.Code.CONNECTION_LOST, 1L, Long::sum);
      node.disconnected().merge(CloseReason.Code.IDLE, 1L, Long::sum);
      node.drops().merge(DropReason.ALREADY_SEEN, 1L, Long::sum);
      assertHolds(claim);
    }

    @Test
    void breaksAtViolation() {
      node.disconnected().merge(CloseReason.Code.VIOLATION, 1L, Long::sum);
      assertBreaks(claim, "1 violations");
    }

    @Test
    void breaksAtInternalError() {
      node.disconnected().merge(CloseReason.Code.INTERNAL_ERROR, 1L, Long::sum);
      assertBreaks(claim, "1 internal errors");
    }

    @Test
    void breaksAtFailedHandler() {
      node.drops().merge(DropReason.HANDLER_FAILED, 1L, Long::sum);
      assertBreaks(claim, "1 failed handlers");
    }
  }

  @Nested
  class EndedNodesReturnedTest {
    private final Claim claim = new EndedNodesReturned();
    private final SimulatedNode one = run.normal();
    private final SimulatedNode two = run.normal();

    @Test
    void holdsWithoutCrashes() {
      assertHolds(claim);
    }

    @Test
    void holdsIfAllAreBack() {
      run.crashAndReturn(one, SECOND);
      run.crashAndReturn(two, 2 * SECOND);
      assertHolds(claim);
    }

    @Test
    void breaksIfOneStaysAway() {
      run.crash(one, SECOND);
      assertBreaks(claim, "0 are back");
    }

    @Test
    void breaksIfOneIsBackWithoutPeers() {
      run.crashAndReturn(run.normal(0, 0), SECOND);
      assertBreaks(claim, "0 are back");
    }
  }
}
