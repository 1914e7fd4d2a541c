package bdk.p2p.simulator.oracle;

import static bdk.p2p.simulator.run.HandMadeRun.SECOND;

import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.simulator.run.SimulatedNode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NobodyPunishedTest extends ClaimCase {
  private final SimulatedNode node = run.normal();
  private final SimulatedNode other = run.normal();

  @BeforeEach
  void watch() {
    judge(new NobodyPunished());
    run.connect(node, other, SECOND);
  }

  @Test
  void holdsIfPeersOnlyLeave() {
    run.disconnected(node, other, 5 * SECOND, Code.CONNECTION_LOST);
    run.disconnected(other, node, 5 * SECOND, Code.IDLE);
    assertHolds();
  }

  @Test
  void breaksIfAnHonestPeerIsClosed() {
    run.disconnected(node, other, 5 * SECOND, Code.VIOLATION);
    assertBrokenAt(5 * SECOND, "node-0 closed the session of node-1: VIOLATION");
  }

  @Test
  void breaksIfAnHonestHandshakeIsRefused() {
    run.refused(node, other.address().address(), 5 * SECOND, Code.VIOLATION);
    assertBrokenAt(5 * SECOND, "node-0 closed the session of node-1: VIOLATION");
  }

  @Test
  void breaksIfAnHonestNodeIsBanned() {
    run.banned(node, other.address().address(), 5 * SECOND);
    assertBrokenAt(5 * SECOND, "node-0 banned node-1: 10.2.0.1/32 until 1970-01-01T01:00:00Z");
  }

  @Test
  void breaksIfAnHonestNodeIsKeptOut() {
    run.refused(node, other.address().address(), 5 * SECOND, Code.BANNED);
    assertBrokenAt(5 * SECOND, "node-0 keeps node-1 out: BANNED");
  }

  @Test
  void holdsIfHostilePeerIsBanned() throws UnknownHostException {
    run.banned(node, InetAddress.getByName("10.0.0.99"), 5 * SECOND);
    assertHolds();
  }

  @Test
  void excusesBanOfWhoseBytesWereAlteredLately() {
    run.fault(fault("corrupt", true), 2 * SECOND, 3 * SECOND, 1, 1);
    run.banned(node, other.address().address(), 600 * SECOND);
    assertHolds();
    run.banned(node, other.address().address(), 2_500 * SECOND);
    assertBreaks("1 honest nodes punished");
  }

  @Test
  void holdsIfHostilePeerIsRefused() throws UnknownHostException {
    run.refused(node, InetAddress.getByName("10.0.0.99"), 5 * SECOND, Code.VIOLATION);
    assertHolds();
  }

  @Test
  void breaksAtInternalError() {
    run.disconnected(node, other, 5 * SECOND, Code.INTERNAL_ERROR);
    assertBrokenAt(5 * SECOND, "node-0 failed in itself");
  }

  @Test
  void breaksAtFailedHandler() {
    run.handlerFailed(node, 5 * SECOND);
    assertBrokenAt(5 * SECOND, "a handler of node-0 failed");
  }

  @Test
  void excusesSessionThatWasOpenWhileItsBytesWereAltered() {
    run.fault(fault("corrupt", true), 2 * SECOND, 3 * SECOND, 1, 1);
    run.disconnected(node, other, 60 * SECOND, Code.VIOLATION);
    assertHolds();
    run.connected(node, other, 61 * SECOND);
    run.disconnected(node, other, 62 * SECOND, Code.VIOLATION);
    assertBreaks("1 honest nodes punished");
  }

  @Test
  void excusesOnlyTheVictims() {
    run.fault(fault("corrupt", true), 2 * SECOND, 3 * SECOND, 1, 2);
    run.disconnected(node, other, 3 * SECOND, Code.VIOLATION);
    assertBreaks("1 honest nodes punished");
  }
}
