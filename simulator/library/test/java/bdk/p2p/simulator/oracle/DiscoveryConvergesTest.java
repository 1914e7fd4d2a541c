package bdk.p2p.simulator.oracle;

import static bdk.p2p.simulator.run.HandMadeRun.END;
import static bdk.p2p.simulator.run.HandMadeRun.SECOND;

import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.NodeType;
import bdk.p2p.simulator.fault.ClockSkew;
import bdk.p2p.simulator.run.SimulatedNode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes want two NORMAL peers and take three of any type. */
class DiscoveryConvergesTest extends ClaimCase {
  /** 2 s of rest, 5 s each for a dial and a handshake, and 12 s for discovery. */
  private static final long QUIET = 24 * SECOND;

  private static final long COOL_DOWN = 90 * SECOND;

  private final SimulatedNode one = run.normal();
  private final SimulatedNode two = run.normal();
  private final SimulatedNode three = run.normal();

  @BeforeEach
  void watch() {
    judge(new DiscoveryConverges(run.scenario()));
    run.connect(one, two, SECOND);
    run.connect(two, three, SECOND);
  }

  private void closeTheRing() {
    run.connect(one, three, SECOND);
  }

  @Test
  void holdsIfEachHasAsManyAsItWants() {
    closeTheRing();
    run.sample(50 * SECOND);
    assertHolds();
  }

  @Test
  void breaksAsSoonAsTheNetworkWasLeftAloneForLongEnough() {
    run.sample(1 + QUIET);
    assertNotBrokenYet();
    run.sample(2 + QUIET);
    assertBrokenAt(2 + QUIET, "too few peers at [node-0, node-2]");
  }

  @Test
  void isNotJudgedWhileANodeIsBanned() {
    run.banned(one, three.address().address(), 2 * SECOND);
    run.sample(2 + QUIET);
    assertHolds();
  }

  @Test
  void banOfAStrangerIsNoExcuse() throws UnknownHostException {
    run.banned(one, InetAddress.getByName("192.0.2.1"), 2 * SECOND);
    run.sample(2 + QUIET);
    assertBrokenAt(2 + QUIET, "too few peers at [node-0, node-2]");
  }

  @Test
  void banLastsLongerByAsMuchAsTheClockIsSetBack() {
    run.fault(ClockSkew.by(Duration.ofMinutes(10)), SECOND, 3 * SECOND, 1, 0);
    run.banned(one, three.address().address(), 2 * SECOND);
    run.sample((2 + 3_600 + 600) * SECOND + QUIET);
    assertNotBrokenYet();
    run.sample((2 + 3_600 + 600) * SECOND + QUIET + 1);
    assertBrokenAt((2 + 3_600 + 600) * SECOND + QUIET + 1, "too few peers at [node-0, node-2]");
  }

  private void part(long nanos) {
    run.disconnected(one, three, nanos, Code.VIOLATION);
    run.disconnected(three, one, nanos, Code.CLOSED_BY_PEER);
  }

  @Test
  void waitsAfterTheEndOfSessionWhoseBytesWereAltered() {
    closeTheRing();
    run.fault(fault("corrupt", true), 2 * SECOND, 3 * SECOND, 1, 2);
    part(50 * SECOND);
    run.sample(50 * SECOND + QUIET);
    assertNotBrokenYet();
    run.sample(50 * SECOND + QUIET + 1);
    assertBrokenAt(50 * SECOND + QUIET + 1, "too few peers at [node-0, node-2]");
  }

  @Test
  void doesNotWaitAfterTheEndOfOtherSessions() {
    closeTheRing();
    run.fault(fault("corrupt", true), 2 * SECOND, 3 * SECOND, 1, 1);
    part(50 * SECOND);
    run.sample(50 * SECOND + 1);
    assertBrokenAt(50 * SECOND + 1, "too few peers at [node-0, node-2]");
  }

  private void takeEachOtherForDiscoveryNodes() {
    run.connected(one, three, NodeType.DISCOVERY, SECOND);
    run.connected(three, one, NodeType.DISCOVERY, SECOND);
  }

  @Test
  void nodesThatTakeEachOtherForOthersCannotTellIfTheirHandshakesWereAltered() {
    run.fault(fault("corrupt", true), 2 * SECOND, 3 * SECOND, 1, 2);
    takeEachOtherForDiscoveryNodes();
    run.sample(50 * SECOND);
    assertHolds();
  }

  @Test
  void nodesThatTakeEachOtherForOthersWithoutSuchAFaultHaveTooFewPeers() {
    run.fault(fault("corrupt", true), 2 * SECOND, 3 * SECOND, 1, 1);
    takeEachOtherForDiscoveryNodes();
    run.sample(50 * SECOND);
    assertBrokenAt(50 * SECOND, "too few peers at [node-0, node-2]");
  }

  @Test
  void nodeThatTakesAnotherForADiscoveryNodeIsTold() {
    run.fault(fault("corrupt", true), 2 * SECOND, 3 * SECOND, 1, 2);
    run.connected(one, three, NodeType.DISCOVERY, SECOND);
    run.connected(three, one, SECOND);
    run.sample(50 * SECOND);
    assertBrokenAt(50 * SECOND, "too few peers at [node-0]");
  }

  @Test
  void breaksAtTheEnd() {
    assertBreaks("too few peers at [node-0, node-2]");
  }

  @Test
  void waitsAfterEachStart() {
    closeTheRing();
    run.connect(run.normal(), one, COOL_DOWN);
    run.crashAndReturn(two, COOL_DOWN);
    run.sample(END);
    assertHolds();
  }

  @Test
  void isNotJudgedWhileANodeTakesItsTimeToStart() {
    run.restartSlowly(two, 2 * SECOND, 3 * SECOND);
    run.sample(3 * SECOND + 2 * QUIET);
    assertNotBrokenYet();
    long up = 3 * SECOND + 2 * QUIET;
    run.up(two, up);
    // Who dialled it in vain lets its address rest for twice as long as it was away, at most 60 s.
    long rests = Math.min(2 * (up - 2 * SECOND), 58 * SECOND);
    run.sample(up + QUIET + rests);
    assertNotBrokenYet();
    run.sample(up + QUIET + rests + 1);
    assertBrokenAt(up + QUIET + rests + 1, "too few peers");
  }

  @Test
  void breaksAtTheEndIfTheCoolDownWasNotDisturbed() {
    closeTheRing();
    run.connect(run.normal(), one, COOL_DOWN - 2 * SECOND);
    run.crashAndReturn(two, COOL_DOWN - 2 * SECOND);
    run.sample(END);
    assertNotBrokenYet();
    assertBreaks("too few peers at [node-1, node-3]");
  }

  @Test
  void waitsLongerAfterLongerFaultThatDisturbs() {
    // Twice as long for addresses to rest.
    run.fault(fault("partition", true), 30 * SECOND, 40 * SECOND, 1, 0);
    run.sample(40 * SECOND + QUIET + 20 * SECOND);
    assertNotBrokenYet();
    run.sample(40 * SECOND + QUIET + 20 * SECOND + 1);
    assertBrokenAt(40 * SECOND + QUIET + 20 * SECOND + 1, "too few peers");
  }

  @Test
  void saysNothingWhileFaultIsOn() {
    run.fault(fault("partition", true), 2 * SECOND, END, 1, 0);
    run.sample(END);
    assertHolds();
  }

  @Test
  void discoveryNodesAreNoNormalPeers() {
    run.connect(one, run.discovery(3), SECOND);
    run.connect(three, run.discovery(3), SECOND);
    assertBreaks("too few peers at [node-0, node-2]");
  }

  @Test
  void fullNodeNeedsNoMore() {
    for (SimulatedNode node : new SimulatedNode[] {one, three}) {
      run.connect(node, run.discovery(3), SECOND);
      run.connect(node, run.discovery(3), SECOND);
    }
    assertHolds();
  }

  @Test
  void breaksIfThereAreTwoNetworks() {
    closeTheRing();
    SimulatedNode four = run.normal();
    SimulatedNode five = run.normal();
    SimulatedNode six = run.normal();
    run.connect(four, five, SECOND);
    run.connect(five, six, SECOND);
    run.connect(four, six, SECOND);
    run.sample(50 * SECOND);
    assertNotBrokenYet();
    assertBreaks("not in one network with the others: [node-3, node-4, node-5]");
  }

  @Test
  void asksNothingOfNodeThatIsDown() {
    run.crash(two, 2 * SECOND);
    run.connect(one, three, 3 * SECOND);
    run.sample(50 * SECOND);
    assertHolds();
  }
}
