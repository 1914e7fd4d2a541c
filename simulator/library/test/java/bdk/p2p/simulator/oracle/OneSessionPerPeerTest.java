package bdk.p2p.simulator.oracle;

import static bdk.p2p.simulator.run.HandMadeRun.SECOND;

import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.simulator.run.SimulatedNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OneSessionPerPeerTest extends ClaimCase {
  private final SimulatedNode node = run.normal();
  private final SimulatedNode other = run.normal();

  @BeforeEach
  void watch() {
    judge(new OneSessionPerPeer());
  }

  @Test
  void holdsIfOneComesBackAfterItWent() {
    run.connected(node, other, SECOND);
    run.disconnected(node, other, 2 * SECOND, Code.REPLACED);
    run.connected(node, other, 2 * SECOND);
    assertHolds();
  }

  @Test
  void holdsIfOneComesAgainToAnotherLife() {
    run.connected(node, other, SECOND);
    run.crashAndReturn(node, 2 * SECOND);
    run.connected(node, other, 3 * SECOND);
    assertHolds();
  }

  @Test
  void breaksIfOneComesAgainBeforeItWent() {
    run.connected(node, other, SECOND);
    run.connected(node, other, 2 * SECOND);
    assertBrokenAt(2 * SECOND, "node-0 has a second session of");
  }

  @Test
  void breaksIfNobodyEverConnected() {
    assertBreaks("0 sessions");
  }
}
