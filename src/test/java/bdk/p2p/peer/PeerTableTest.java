package bdk.p2p.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.budget.NodeBudgets;
import bdk.p2p.message.NodeId;
import bdk.p2p.peer.PeerTable.Admission;
import bdk.p2p.peer.PeerTable.Removal;
import bdk.p2p.peer.PeerTable.Takeover;
import bdk.p2p.session.Session;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PeerTableTest {
  private static final EmbeddedSessions SESSIONS =
      new EmbeddedSessions(NodeBudgets.of(1, 1, 1, 1), 0);
  private static final NodeId A = NodeId.parse("10.0.0.1:7000");
  private static final NodeId B = NodeId.parse("10.0.0.2:7000");
  private static final NodeId C = NodeId.parse("10.0.0.3:7000");

  private static final NodeId D = NodeId.parse("10.0.0.4:7000");
  private static final NodeId E = NodeId.parse("10.0.1.1:7000");

  private final PeerTable table = table(2, 0, 9);

  private static PeerTable table(int peers, int outboundSlots, int inboundPerNetwork) {
    return new PeerTable(
        new PeerLimits(peers, outboundSlots, inboundPerNetwork, 3, address -> false),
        new SplittableRandom(1));
  }

  @AfterAll
  static void close() {
    SESSIONS.close();
  }

  private static Session session(NodeId id) {
    return SESSIONS.dialled(id);
  }

  private Session admitted(NodeId id) {
    Session session = session(id);
    assertEquals(Admission.ADMITTED, table.admit(session));
    return session;
  }

  private Session challenger(NodeId id) {
    Session session = session(id);
    assertEquals(Admission.CHALLENGER, table.admit(session));
    return session;
  }

  @Test
  void peersAreBoundedAndListedOldestFirst() {
    Session first = admitted(B);
    Session second = admitted(A);
    assertFalse(table.hasRoomFor(session(C)));
    assertEquals(Admission.TABLE_FULL, table.admit(session(C)));
    assertEquals(List.of(first, second), table.sessions());
    assertEquals(new Removal(true, false, null), remove(first));
    assertTrue(table.hasRoomFor(session(C)));
    assertEquals(Admission.ADMITTED, table.admit(session(C)));
  }

  @Test
  void onlyNormalPeersAreCountedAsSuch() {
    assertTrue(table.hasNormal(0));
    assertEquals(Admission.ADMITTED, table.admit(SESSIONS.accepted(B)));
    admitted(A); // what it is, is not known before its handshake
    assertTrue(table.hasNormal(1));
    assertFalse(table.hasNormal(2));
  }

  @Test
  void dialledPeerIsCountedAsSuchWhateverCarriesIt() {
    Session dialled = SESSIONS.shaken(session(A));
    assertEquals(Admission.ADMITTED, table.admit(dialled));
    assertEquals(Admission.ADMITTED, table.admit(SESSIONS.accepted(B)));
    assertEquals(1, table.dialledNormal());
    Session back = SESSIONS.accepted(A);
    assertEquals(Admission.CHALLENGER, table.admit(back));
    assertTrue(table.promote(dialled, back));
    assertEquals(1, table.dialledNormal());
    remove(back);
    assertEquals(0, table.dialledNormal());
  }

  @Test
  void secondSessionChallengesAndThirdIsOneTooMany() {
    Session first = admitted(A);
    Session second = challenger(A);
    assertEquals(Admission.ONE_TOO_MANY, table.admit(session(A)));
    assertEquals(Optional.of(first), table.session(A));
    assertEquals(1, table.count());
    assertEquals(Removal.NOTHING, remove(second));
    challenger(A);
  }

  @Test
  void challengerThatIsPromotedCounts() {
    Session first = admitted(A);
    Session second = challenger(A);
    assertTrue(table.promote(first, second));
    assertEquals(Optional.of(second), table.session(A));
    assertFalse(table.promote(first, second));
    assertEquals(Removal.NOTHING, remove(first));
    assertEquals(new Removal(true, false, null), remove(second));
    assertEquals(0, table.count());
  }

  @Test
  void challengerInheritsThePlaceOfASessionThatEnds() {
    Session first = admitted(A);
    Session second = challenger(A);
    assertEquals(new Removal(true, false, second), remove(first));
    assertEquals(Optional.of(second), table.session(A));
    assertFalse(table.promote(first, second));
  }

  @Test
  void loserRetiresOnceAPeer() {
    Session winner = admitted(A);
    Session loser = challenger(A);
    assertTrue(table.retire(loser, winner));
    assertEquals(Optional.of(loser), table.retiring(A));
    Session next = challenger(A);
    assertFalse(table.retire(next, winner));
    assertEquals(1, table.count());
    assertEquals(Removal.RETIRED, remove(loser));
    assertEquals(Optional.empty(), table.retiring(A));
    assertTrue(table.retire(next, winner));
  }

  private Removal remove(Session session) {
    return table.remove(session, false);
  }

  @Test
  void retiringSessionGoesOnIfThePeerEndsTheOther() {
    Session winner = admitted(A);
    Session loser = challenger(A);
    assertTrue(table.retire(loser, winner));
    assertEquals(new Removal(true, true, loser), table.remove(winner, true));
    assertEquals(Optional.of(loser), table.session(A));
    assertEquals(Optional.empty(), table.retiring(A));
    assertEquals(new Removal(true, false, null), table.remove(loser, true));
  }

  @Test
  void nobodyRetiresForAWinnerThatNoLongerCounts() {
    Session winner = admitted(A);
    Session loser = challenger(A);
    remove(winner);
    assertFalse(table.retire(loser, winner));
    assertEquals(Optional.of(loser), table.session(A));
  }

  @Test
  void challengerThatHasEndedDoesNotRetire() {
    Session winner = admitted(A);
    Session loser = challenger(A);
    remove(loser);
    assertFalse(table.retire(loser, winner));
    assertEquals(Optional.empty(), table.retiring(A));
    assertEquals(new Removal(true, false, null), table.remove(winner, true));
  }

  @Test
  void sessionWhosePlaceIsTakenRetiresUnlessOneDoesAlready() {
    Session first = admitted(A);
    Session second = challenger(A);
    assertEquals(Takeover.RETIRES, table.takeOver(first, second));
    assertEquals(Optional.of(first), table.retiring(A));
    assertEquals(Takeover.NONE, table.takeOver(first, second));
    Session third = challenger(A);
    assertEquals(Takeover.ENDS, table.takeOver(second, third));
    assertEquals(Optional.of(first), table.retiring(A));
    assertEquals(Optional.of(third), table.session(A));
  }

  @Test
  void oneUnfinishedHandshakeGoesForAFourth() {
    Session third = SESSIONS.accepted(C);
    assertEquals(Optional.empty(), table.handshaking(SESSIONS.accepted(A)));
    assertEquals(Optional.empty(), table.handshaking(SESSIONS.accepted(B)));
    assertEquals(Optional.empty(), table.handshaking(third));
    var eviction = table.handshaking(SESSIONS.accepted(C)).orElseThrow();
    assertEquals(4, eviction.ofNetwork());
    assertEquals("10.0.0.0/24", eviction.network().toString());
    assertEquals(3, table.all().size());
    assertFalse(table.all().contains(eviction.loser()));
    remove(table.all().get(0));
    assertEquals(Optional.empty(), table.handshaking(SESSIONS.accepted(C)));
  }

  @Test
  void inboundPeersNeverTakeOutboundSlots() {
    PeerTable four = table(4, 2, 9);
    assertEquals(Admission.ADMITTED, four.admit(SESSIONS.accepted(A)));
    assertTrue(four.hasRoomFor(SESSIONS.accepted(B)));
    assertEquals(Admission.ADMITTED, four.admit(SESSIONS.accepted(B)));
    assertFalse(four.hasRoomFor(SESSIONS.accepted(C)));
    assertEquals(Admission.INBOUND_FULL, four.admit(SESSIONS.accepted(C)));
    assertTrue(four.hasRoomFor(session(C)));
    assertEquals(Admission.ADMITTED, four.admit(session(C)));
    assertEquals(Admission.ADMITTED, four.admit(session(D)));
    assertEquals(Admission.TABLE_FULL, four.admit(session(E)));
  }

  @Test
  void outboundPeersMayTakeMoreThanTheirSlots() {
    PeerTable three = table(3, 1, 9);
    three.admit(session(A));
    three.admit(session(B));
    assertEquals(Admission.ADMITTED, three.admit(SESSIONS.accepted(C)));
    assertEquals(Admission.TABLE_FULL, three.admit(SESSIONS.accepted(D)));
  }

  @Test
  void placeIsThatOfTheFirstSessionWhateverCarriesThePeer() {
    PeerTable three = table(3, 1, 9);
    Session dialled = session(A);
    three.admit(dialled);
    Session back = SESSIONS.accepted(A);
    assertEquals(Admission.CHALLENGER, three.admit(back));
    assertTrue(three.promote(dialled, back));
    three.admit(SESSIONS.accepted(B));
    assertEquals(Admission.ADMITTED, three.admit(SESSIONS.accepted(C)));
    three.remove(back, false);
    assertEquals(Admission.INBOUND_FULL, three.admit(SESSIONS.accepted(D)));
  }

  @Test
  void inboundPeersOfANetworkAreBounded() {
    PeerTable many = table(9, 0, 2);
    Session first = SESSIONS.accepted(A);
    many.admit(first);
    many.admit(SESSIONS.accepted(B));
    assertEquals(Admission.NETWORK_FULL, many.admit(SESSIONS.accepted(C)));
    assertFalse(many.hasRoomFor(SESSIONS.accepted(C)));
    assertEquals(Admission.ADMITTED, many.admit(session(C)));
    assertEquals(Admission.ADMITTED, many.admit(SESSIONS.accepted(E)));
    many.remove(first, false);
    assertEquals(Admission.ADMITTED, many.admit(SESSIONS.accepted(D)));
    assertEquals(Admission.NETWORK_FULL, many.admit(SESSIONS.accepted(A)));
  }

  @Test
  void exemptNetworksAreNotCounted() {
    PeerTable many =
        new PeerTable(new PeerLimits(9, 0, 1, 3, address -> true), new SplittableRandom(1));
    many.admit(SESSIONS.accepted(A));
    assertEquals(Admission.ADMITTED, many.admit(SESSIONS.accepted(B)));
  }

  @Test
  void closedTableGivesAllItsSessionsOutAndTakesNone() {
    Session waiting = session(B);
    table.handshaking(waiting);
    Session winner = admitted(A);
    Session loser = challenger(A);
    table.retire(loser, winner);
    Session next = challenger(A);
    assertEquals(List.of(waiting, loser, winner, next), table.close());
    assertEquals(Admission.CLOSED, table.admit(session(C)));
    Session late = session(C);
    assertEquals(late, table.handshaking(late).orElseThrow().loser());
    assertFalse(table.hasRoomFor(session(C)));
  }
}
