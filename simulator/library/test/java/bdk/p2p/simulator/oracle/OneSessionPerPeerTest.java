package bdk.p2p.simulator.oracle;

import static bdk.p2p.simulator.run.HandMadeRun.END;
import static bdk.p2p.simulator.run.HandMadeRun.MILLI;
import static bdk.p2p.simulator.run.HandMadeRun.SECOND;

import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.simulator.run.SimulatedNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OneSessionPerPeerTest extends ClaimCase {
  /** Handshake, four pings, and the idle and stalled times. */
  private static final long LONGEST = (5 + 4 * 2 + 60 + 10) * SECOND;

  private final SimulatedNode node = run.normal();
  private final SimulatedNode other = run.normal();

  @BeforeEach
  void watch() {
    judge(new OneSessionPerPeer(run.scenario()));
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
  void holdsIfTwoConnectionsWereOpenForNoLongerThanAContestMayTake() {
    run.connected(node, other, SECOND);
    run.link(node, other, SECOND, END);
    run.link(other, node, 2 * SECOND, 2 * SECOND + LONGEST);
    assertHolds();
  }

  @Test
  void breaksIfTwoConnectionsWereOpenForLonger() {
    run.connected(node, other, SECOND);
    run.link(node, other, SECOND, END);
    run.link(other, node, 2 * SECOND, 2 * SECOND + LONGEST + MILLI);
    assertBreaks("had two connections for 83001 ms, expected at most 83000 ms");
  }

  @Test
  void connectionsToTwoPeersAreNotTwoOfOne() {
    run.connected(node, other, SECOND);
    run.link(node, other, SECOND, END);
    run.link(node, run.normal(), SECOND, END);
    assertHolds();
  }

  @Test
  void connectionOfALifeThatEndedIsNone() {
    run.connected(node, other, SECOND);
    run.link(node, other, SECOND, END);
    run.crashAndReturn(node, 2 * SECOND);
    run.link(node, other, 3 * SECOND, END);
    assertHolds();
  }

  @Test
  void whoseHandshakeWasAlteredMayBeAnotherPeer() {
    run.connected(node, other, SECOND);
    run.fault(fault("corrupt", true), SECOND, 3 * SECOND, 1, other.index());
    run.link(node, other, SECOND, END);
    run.link(other, node, 2 * SECOND, END);
    assertHolds();
  }

  @Test
  void breaksIfNobodyEverConnected() {
    assertBreaks("0 sessions");
  }
}
