package bdk.p2p.simulator.oracle;

import static bdk.p2p.simulator.run.HandMadeRun.END;
import static bdk.p2p.simulator.run.HandMadeRun.SECOND;

import bdk.p2p.simulator.run.SimulatedNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestsSettledOnceTest extends ClaimCase {
  private final SimulatedNode asker = run.normal();

  @BeforeEach
  void watch() {
    judge(new RequestsSettledOnce());
  }

  @Test
  void holdsIfEachEndedOnce() {
    run.ask(asker, SECOND, 1);
    run.sample(END);
    assertHolds();
  }

  @Test
  void breaksAtTheFirstLookAfterOneWasDue() {
    run.ask(asker, SECOND, 1);
    run.ask(asker, SECOND, 0);
    run.sample(12 * SECOND);
    assertNotBrokenYet();
    run.sample(12 * SECOND + 1);
    assertBrokenAt(12 * SECOND + 1, "the request of node-0 to node 0 at 1000 ms has not ended");
  }

  @Test
  void breaksAtTheEndIfOneNeverEnded() {
    run.ask(asker, SECOND, 1);
    run.ask(asker, SECOND, 0);
    assertBreaks("1 otherwise");
  }

  @Test
  void breaksAtOnceIfOneEndedTwice() {
    run.ask(asker, 5 * SECOND, 2);
    assertBrokenAt(5_001_000_000L, "ended again");
  }

  @Test
  void holdsIfOneIsUnderWayAtTheEnd() {
    run.ask(asker, SECOND, 1);
    run.ask(asker, END - 11 * SECOND, 0);
    assertHolds();
  }

  @Test
  void breaksIfOneIsOpenAtTheEndThoughItsTimeIsUp() {
    run.ask(asker, SECOND, 1);
    run.ask(asker, END - 11 * SECOND - 1, 0);
    assertBreaks("1 otherwise");
  }

  @Test
  void holdsIfTheAskerCrashedBeforeItEnded() {
    run.ask(asker, SECOND, 1);
    run.ask(asker, 5 * SECOND, 0);
    run.crashAndReturn(asker, 15 * SECOND);
    run.sample(END);
    assertHolds();
  }

  @Test
  void breaksIfTheAskerCrashedLongAfterItShouldHaveEnded() {
    run.ask(asker, SECOND, 1);
    run.ask(asker, 5 * SECOND, 0);
    run.crashAndReturn(asker, 15 * SECOND + 1);
    assertBreaks("1 otherwise");
  }

  @Test
  void breaksIfNothingWasAskedThoughItWasWanted() {
    assertBreaks("0 asked");
  }

  @Test
  void holdsIfNothingWasToBeAsked() {
    run.wantNothing();
    assertHolds();
  }

  @Test
  void holdsIfTheRunWasCutShortBeforeAnythingWasAsked() {
    run.cutShort(SECOND);
    assertHolds();
  }
}
