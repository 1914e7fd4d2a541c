package bdk.p2p.simulator.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.DropReason;
import bdk.p2p.simulator.run.NodeState;
import bdk.p2p.simulator.run.SimulatedNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each behaviour against a real node among others: it reaches the node, and nobody else. */
class HostilePeersTest {
  private static final int MOST_PEERS = 12;
  private static final long SECOND = 1_000_000_000;

  /** The node ends each session with a violation of these words, and the peer comes again. */
  private static void assertViolations(String behaviour, Set<String> expected) {
    BesetRun run = BesetRun.with(behaviour);
    run.assertOthersGoOn();
    List<String> violations = run.endings(CloseReason.Code.VIOLATION);
    assertEquals(expected, new TreeSet<>(violations));
    assertEquals(run.bites(), violations.size());
    // A second and a round trip lie between two of them.
    assertTrue(run.bites() > 90 && run.bites() < 100, "" + run.bites());
  }

  @Test
  void zeroLengthFrame() {
    assertViolations(
        "zero-length-frame", Set.of("frame length 0 is below the minimum of 11 bytes"));
  }

  @Test
  void framesOfOneToTenBytes() {
    Set<String> expected = new TreeSet<>();
    for (int length = 1; length <= 10; length++) {
      expected.add("frame length " + length + " is below the minimum of 11 bytes");
    }
    assertViolations("short-frame", expected);
  }

  @Test
  void typesThatThereAreNot() {
    assertViolations(
        "unknown-type",
        Set.of(
            "frame type 4 is not within 0 to 3",
            "frame type 5 is not within 0 to 3",
            "frame type 255 is not within 0 to 3"));
  }

  @Test
  void garbage() {
    BesetRun run = BesetRun.with("garbage");
    run.assertOthersGoOn();
    assertTrue(run.endings(CloseReason.Code.VIOLATION).size() > 90);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zero-length-frame", "unknown-type", "garbage"})
  void whoBreaksTheProtocolIsBannedAfterAFewTimes(String behaviour) {
    BesetRun run = BesetRun.guarded(behaviour);
    run.assertOthersGoOn();
    assertEquals(4, run.endings(CloseReason.Code.VIOLATION).size());
    assertEquals(1, run.banned.size());
    assertEquals(run.target(), run.banned.get(0).node());
    assertTrue(run.endings(CloseReason.Code.BANNED).size() > 50);
  }

  @ParameterizedTest
  @ValueSource(strings = {"crowd", "eclipse", "half-handshake", "request-flood", "huge-frame"})
  void othersGoOnBehindTheGuardAsWell(String behaviour) {
    BesetRun run = BesetRun.guarded(behaviour);
    run.assertOthersGoOn();
    assertTrue(run.mostPeers() <= MOST_PEERS);
  }

  @Test
  void aSecondAnswerCostsTheMessageAndNotTheSession() {
    BesetRun run = BesetRun.with("second-answer");
    run.assertOthersGoOn();
    assertEquals(run.bites(), run.drops(DropReason.UNMATCHED_ANSWER));
    assertEquals(1, run.endings(CloseReason.Code.CLOSED_BY_PEER).size()); // at its end
  }

  @Test
  void anAnswerOfAnotherPeerTeachesTheNodeNothing() {
    BesetRun run = BesetRun.hungry("unasked-answer");
    run.assertOthersGoOn();
    assertEquals(run.bites(), run.drops(DropReason.UNMATCHED_ANSWER));
    assertTrue(
        run.refused.stream()
            .noneMatch(one -> one.address().getPort() == UnaskedAnswer.PLANTED_PORT));
  }

  @Test
  void announcedBytesThatNeverComeEndAsIdle() {
    BesetRun run = BesetRun.with("huge-frame");
    run.assertOthersGoOn();
    assertFalse(run.endings(CloseReason.Code.IDLE).isEmpty());
    assertFalse(run.endings(CloseReason.Code.TOO_MANY_PEERS).isEmpty());
    assertEquals(MOST_PEERS, run.mostPeers());
  }

  @Test
  void aHandshakeThatIsNeverFinishedTimesOut() {
    BesetRun run = BesetRun.with("half-handshake");
    run.assertOthersGoOn();
    int timeouts = run.endings(CloseReason.Code.HANDSHAKE_TIMEOUT).size();
    assertEquals(run.bites() - 3, timeouts); // the last three are cut short by its end
    assertTrue(timeouts >= 45, "" + timeouts);
  }

  @Test
  void halfAHeaderEndsAsIdle() {
    BesetRun run = BesetRun.with("half-header");
    run.assertOthersGoOn();
    assertEquals(List.of("nothing came for 60000 ms"), run.endings(CloseReason.Code.IDLE));
  }

  @Test
  void whoAsksAndNeverReadsStallsAndGoes() {
    BesetRun run = BesetRun.with("request-flood");
    run.assertOthersGoOn();
    List<String> stalls = run.endings(CloseReason.Code.WRITE_STALLED);
    assertTrue(stalls.size() >= 2, stalls::toString);
    assertEquals("the peer took no byte for 10000 ms", stalls.get(0));
    // What it may send before the node stops to read: what its rate allows, and the buffers on the
    // way of each session.
    assertTrue(run.bites() < 11 + 15 * (stalls.size() + 1), run.bites() + " thousand requests");
    NodeState last =
        run.samples.get(run.samples.size() - 1).nodes().stream()
            .filter(one -> one.node() == run.target())
            .findFirst()
            .orElseThrow();
    assertTrue(last.statistics().slowed() > 0);
  }

  @Test
  void anImpostorIsRefusedWhileThePeerItClaimsToBeIsAlive() {
    BesetRun run = BesetRun.with("taken-port");
    run.assertOthersGoOn();
    List<String> refused = run.endings(CloseReason.Code.DUPLICATE);
    assertTrue(refused.size() > 80, "" + refused.size());
    assertEquals("the peer has a live session already", refused.get(0));
  }

  @Test
  void anAddressThatLeadsBackIsRecognised() {
    BesetRun run = BesetRun.hungry("mirror");
    run.assertOthersGoOn();
    assertTrue(run.endings(CloseReason.Code.SELF).contains("this node's own ping came back"));
    // Whoever else dials there is let in and closed at once; its rests double.
    for (SimulatedNode node : run.record.nodes()) {
      long dials = run.disconnected.stream().filter(one -> one.node() == node).count();
      assertTrue(dials < 12, node + " dialled in vain " + dials + " times");
    }
  }

  @Test
  void aHundredThousandAddressesAreTakenInPartAndDialledFewAtATime() {
    BesetRun run = BesetRun.hungry("address-flood");
    run.assertOthersGoOn();
    long nowhere =
        run.refused.stream()
            .filter(one -> one.node() == run.target())
            .filter(one -> one.address().getAddress().getHostAddress().startsWith("192.0.2."))
            .count();
    assertTrue(nowhere > 0);
    // Each of at most 16 dials at a time takes five seconds, from the attack to the end of the run.
    assertTrue(nowhere <= 16 * 150 / 5 + 16, nowhere + " dials");
  }

  @Test
  void aCrowdIsTurnedAwayOnceTheNodeIsFull() {
    BesetRun run = BesetRun.with("crowd");
    run.assertOthersGoOn();
    assertEquals(MOST_PEERS, run.mostPeers());
    assertFalse(run.endings(CloseReason.Code.TOO_MANY_PEERS).isEmpty());
  }

  @Test
  void whoIsSurroundedStillHearsOfEverythingThroughThePeersThatItHad() {
    BesetRun run = BesetRun.hungry("eclipse");
    run.assertOthersGoOn();
    assertEquals(MOST_PEERS, run.mostPeers());
    assertFalse(run.endings(CloseReason.Code.TOO_MANY_PEERS).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"request-flood", "huge-frame", "crowd", "half-handshake"})
  void aNodeThatIsBesetStopsInTimeAndComesBack(String behaviour) {
    BesetRun run = BesetRun.stopped(behaviour);
    assertEquals(1, run.ended.size());
    long took = run.ended.get(0).nanos() - (BesetRun.FROM + 40 * SECOND);
    assertTrue(took >= 0 && took < 5 * SECOND, took + " ns");
    assertTrue(run.target().isUp());
    assertTrue(run.record.peersAtEnd().get(BesetRun.TARGET) >= 3);
  }
}
