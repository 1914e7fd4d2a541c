package bdk.p2p.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.budget.NodeBudgets;
import bdk.p2p.environment.SystemEnvironment;
import bdk.p2p.environment.Transport;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.NodeType;
import bdk.p2p.peer.PeerTable.Admission;
import bdk.p2p.peer.PeerTable.Removal;
import bdk.p2p.session.InboundRates;
import bdk.p2p.session.Session;
import bdk.p2p.session.SessionContext;
import bdk.p2p.session.SessionLimits;
import bdk.p2p.session.TrafficCounters;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PeerTableTest {
  private static final SystemEnvironment ENVIRONMENT =
      new SystemEnvironment("peer-table-test", Transport.NIO, 1, 1);
  private static final NodeId A = NodeId.parse("10.0.0.1:7000");
  private static final NodeId B = NodeId.parse("10.0.0.2:7000");
  private static final NodeId C = NodeId.parse("10.0.0.3:7000");

  private final PeerTable table = new PeerTable(2, 3);

  @AfterAll
  static void close() {
    ENVIRONMENT.close(Duration.ofSeconds(1));
  }

  /** A session that was dialled and goes nowhere; the table looks at its id only. */
  private static Session session(NodeId id) {
    Duration second = Duration.ofSeconds(1);
    SessionLimits limits = new SessionLimits(second, second, second, second, 1, 1, 1, 1, 1);
    return new Session(
        new EmbeddedChannel(),
        id,
        new SessionContext(
            ENVIRONMENT,
            limits,
            (type, command) -> 0,
            NodeType.NORMAL,
            1,
            null,
            NodeBudgets.of(1, 1, 1, 1),
            new InboundRates(List.of(), Map.of(), address -> true),
            new TrafficCounters(),
            Map.of()));
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
    assertFalse(table.hasRoom());
    assertEquals(Admission.TABLE_FULL, table.admit(session(C)));
    assertEquals(List.of(first, second), table.sessions());
    assertEquals(new Removal(true, false, null), remove(first));
    assertTrue(table.hasRoom());
    assertEquals(Admission.ADMITTED, table.admit(session(C)));
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
  void oldestUnfinishedHandshakeGoesForAFourth() {
    Session oldest = session(A);
    assertEquals(Optional.empty(), table.handshaking(oldest));
    assertEquals(Optional.empty(), table.handshaking(session(B)));
    Session third = session(C);
    assertEquals(Optional.empty(), table.handshaking(third));
    assertEquals(Optional.of(oldest), table.handshaking(session(C)));
    table.admit(third);
    assertEquals(Optional.empty(), table.handshaking(session(C)));
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
    assertEquals(Optional.of(late), table.handshaking(late));
    assertFalse(table.hasRoom());
  }
}
