package bdk.p2p.simulator.oracle;

import static bdk.p2p.simulator.run.HandMadeRun.SECOND;

import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.simulator.run.SimulatedNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderKeptTest extends ClaimCase {
  private final SimulatedNode node = run.normal();
  private final SimulatedNode sender = run.normal();
  private final SimulatedNode other = run.normal();

  @BeforeEach
  void watch() {
    judge(new OrderKept());
    run.connect(node, sender, SECOND);
    run.connect(node, other, SECOND);
    run.notified(node, sender, 2 * SECOND, 5);
  }

  @Test
  void holdsIfTheNumbersOfEachSenderGrow() {
    run.notified(node, other, 3 * SECOND, 4);
    run.notified(node, sender, 3 * SECOND, 9);
    assertHolds();
  }

  @Test
  void breaksIfOneIsOvertaken() {
    run.notified(node, sender, 3 * SECOND, 4);
    assertBrokenAt(3 * SECOND, "node-0 got number 4 of node 1 after number 5");
  }

  @Test
  void breaksIfOneComesTwice() {
    run.notified(node, sender, 3 * SECOND, 5);
    assertBreaks("1 out of order");
  }

  @Test
  void beginsAnewWithEachSession() {
    run.disconnected(node, sender, 3 * SECOND, Code.CONNECTION_LOST);
    run.connected(node, sender, 4 * SECOND);
    run.notified(node, sender, 5 * SECOND, 4);
    assertHolds();
  }

  @Test
  void whatIsLeftOfAFormerLifeIsNoneOfTheNewOnesOrder() {
    run.notified(node, sender, 3 * SECOND, 1, 8);
    run.notified(node, sender, 4 * SECOND, 0, 6);
    run.notified(node, sender, 4 * SECOND, 1, 9);
    assertHolds();
    run.notified(node, sender, 5 * SECOND, 1, 7);
    assertBrokenAt(5 * SECOND, "node-0 got number 7 of node 1 after number 9");
  }

  @Test
  void excusesSessionsWhoseBytesAreAlteredByFaultThatEndsLate() {
    run.disconnected(node, sender, 3 * SECOND, Code.CONNECTION_LOST);
    run.lateFault(fault("corrupt", true), 2 * SECOND, 3 * SECOND, 5 * SECOND, 1, 1);
    run.connected(node, sender, 4 * SECOND);
    run.notified(node, sender, 6 * SECOND, 9);
    run.notified(node, sender, 6 * SECOND, 8);
    assertHolds();
    run.disconnected(node, sender, 7 * SECOND, Code.CONNECTION_LOST);
    run.connected(node, sender, 8 * SECOND);
    run.notified(node, sender, 8 * SECOND, 9);
    run.notified(node, sender, 8 * SECOND, 8);
    assertBreaks("1 out of order");
  }

  @Test
  void excusesSessionsWhoseBytesAreAltered() {
    run.fault(fault("truncate", true), 2 * SECOND, 3 * SECOND, 1, 1);
    run.notified(node, sender, 4 * SECOND, 4);
    assertHolds();
    run.notified(node, other, 4 * SECOND, 8);
    run.notified(node, other, 5 * SECOND, 7);
    assertBreaks("1 out of order");
  }
}
