package bdk.p2p.simulator.oracle;

import static bdk.p2p.simulator.run.HandMadeRun.SECOND;

import bdk.p2p.simulator.run.SimulatedNode;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnsweredByAskedTest extends ClaimCase {
  private final SimulatedNode asker = run.normal();
  private final SimulatedNode asked = run.normal();

  @BeforeEach
  void watch() {
    judge(new AnsweredByAsked());
    answer(SECOND, Optional.of(1));
  }

  private void answer(long nanos, Optional<Integer> answerer) {
    run.settle(run.ask(asker, asked.index(), nanos), nanos + 1, answerer, Optional.empty());
  }

  @Test
  void holdsIfTheOneThatWasAskedAnswersOrNobodyDoes() {
    run.settle(
        run.ask(asker, asked.index(), SECOND), 2 * SECOND, Optional.empty(), Optional.of("GONE"));
    assertHolds();
  }

  @Test
  void breaksAtOnceIfAnotherAnswers() {
    answer(5 * SECOND, Optional.of(0));
    assertBrokenAt(5 * SECOND + 1, "node-0 asked node 1, and the answer is node 0's");
  }

  @Test
  void breaksIfTheAnswerIsNobodys() {
    answer(5 * SECOND, Optional.empty());
    assertBreaks("the answer is nobody's");
  }

  @Test
  void saysNothingOfPeersThatAreNoNodes() {
    run.settle(run.ask(asker, -1, SECOND), 2 * SECOND, Optional.of(1), Optional.empty());
    assertHolds();
  }

  @Test
  void excusesTheVictimsOfFaultThatAltersBytes() {
    run.fault(fault("corrupt", false), 4 * SECOND, 5 * SECOND, 1, 1);
    answer(5 * SECOND, Optional.of(0));
    assertHolds();
    answer(5 * SECOND + 1, Optional.of(0));
    assertBreaks("1 of another");
  }
}
