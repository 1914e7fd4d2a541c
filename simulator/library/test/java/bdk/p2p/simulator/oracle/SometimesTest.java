package bdk.p2p.simulator.oracle;

import static bdk.p2p.simulator.run.HandMadeRun.END;
import static bdk.p2p.simulator.run.HandMadeRun.SECOND;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.DropReason;
import bdk.p2p.simulator.run.SimulatedNode;
import bdk.p2p.simulator.scenario.Happening;
import bdk.p2p.simulator.scenario.ScenarioException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SometimesTest extends ClaimCase {
  private final SimulatedNode one = run.normal();
  private final SimulatedNode other = run.normal();

  @ParameterizedTest
  @EnumSource(Happening.class)
  void breaksIfNothingHappens(Happening what) {
    judge(Sometimes.of(what.word()));
    assertBreaks("0");
  }

  @ParameterizedTest
  @CsvSource({
    "VIOLATION, violation",
    "WRITE_STALLED, write-stalled",
    "IDLE, idle",
    "CONNECTION_LOST, connection-lost",
    "REPLACED, replaced"
  })
  void closedSessionsCount(Code code, String word) {
    judge(Sometimes.of(word));
    run.connect(one, other, SECOND);
    run.disconnected(one, other, SECOND, code);
    assertHolds();
  }

  @ParameterizedTest
  @CsvSource({
    "TOO_MANY_PEERS, peer-refused",
    "CONNECT_FAILED, connect-failed",
    "HANDSHAKE_TIMEOUT, handshake-timeout"
  })
  void refusedSessionsCount(Code code, String word) {
    judge(Sometimes.of(word));
    run.refused(one, other.address().address(), SECOND, code);
    assertHolds();
  }

  @ParameterizedTest
  @CsvSource({"QUEUE_FULL, queue-full", "UNMATCHED_ANSWER, late-answer"})
  void droppedMessagesCount(DropReason reason, String word) {
    judge(Sometimes.of(word));
    run.dropped(one, SECOND, reason);
    assertHolds();
  }

  @ParameterizedTest
  @CsvSource({"REFUSED, queue-full", "TIMED_OUT, request-timed-out", "PEER_GONE, request-lost"})
  void failedRequestsCount(String failure, String word) {
    judge(Sometimes.of(word));
    run.settle(run.ask(one, 1, SECOND), SECOND, Optional.empty(), Optional.of(failure));
    assertHolds();
  }

  @Test
  void everyFaultMustBite() {
    judge(Sometimes.of("fault-bit"));
    run.fault(fault("crash", false), SECOND, 2 * SECOND, 1, 0);
    assertHolds();
    run.fault(fault("partition", true), SECOND, 2 * SECOND, 0, 0);
    assertBreaks("did nothing: [partition1]");
  }

  @Test
  void twoSessionsDialledByEachSideAreTieBreak() {
    judge(Sometimes.of("tie-break"));
    run.link(one, other, SECOND, 2 * SECOND);
    run.link(one, other, SECOND, 2 * SECOND);
    run.link(other, one, 2 * SECOND, END);
    assertBreaks("0 times");
    run.link(other, one, 2 * SECOND - 1, END);
    assertHolds();
  }

  @Test
  void unknownWordIsRefused() {
    assertThrows(ScenarioException.class, () -> Sometimes.of("now-and-then"));
  }
}
