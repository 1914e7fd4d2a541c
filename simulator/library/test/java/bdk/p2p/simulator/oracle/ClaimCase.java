package bdk.p2p.simulator.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.simulator.fault.Ability;
import bdk.p2p.simulator.fault.Fault;
import bdk.p2p.simulator.fault.FaultContext;
import bdk.p2p.simulator.run.HandMadeRun;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** One claim and a run made by hand, which tells it of everything as it happens. */
abstract class ClaimCase {
  final HandMadeRun run = new HandMadeRun();
  private Claim claim;
  private ClaimBoard board;

  /** The claim to show things to; the first thing to call. */
  final void judge(Claim one) {
    claim = one;
    board = new ClaimBoard(List.of(one));
    run.listen(board);
  }

  @AfterEach
  final void close() {
    run.close();
  }

  private ClaimResult result() {
    return board.conclude(run.record()).get(0);
  }

  final void assertNotBrokenYet() {
    assertEquals(List.of(), board.breaches());
  }

  /** It was broken while the run went on. */
  final void assertBrokenAt(long nanos, String evidence) {
    assertEquals(1, board.breachCount());
    ClaimBoard.Breach breach = board.breaches().get(0);
    assertEquals(nanos, breach.nanos());
    assertTrue(breach.detail().contains(evidence), breach::detail);
    assertFalse(result().held());
  }

  final void assertHolds() {
    assertNotBrokenYet();
    ClaimResult result = result();
    assertTrue(result.held(), result::detail);
    assertEquals(claim.name(), result.name());
  }

  /** It is found broken at the end, if not before. */
  final void assertBreaks(String evidence) {
    ClaimResult result = result();
    assertFalse(result.held(), result::detail);
    assertTrue(result.detail().contains(evidence), result::detail);
  }

  /** A fault that does nothing. */
  static Fault fault(String kind, boolean disturbs) {
    return new Fault() {
      @Override
      public String kind() {
        return kind;
      }

      @Override
      public Set<Ability> needs() {
        return Set.of();
      }

      @Override
      public boolean disturbsDelivery() {
        return disturbs;
      }

      @Override
      public void begin(FaultContext context) {
        // Nothing.
      }
    };
  }
}
