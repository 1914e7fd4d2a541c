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
import bdk.p2p.session.SessionEvents;
import bdk.p2p.session.SessionLimits;
import bdk.p2p.session.TrafficCounters;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PeerTableTest {
  private static final SystemEnvironment ENVIRONMENT =
      new SystemEnvironment("peer-table-test", Transport.NIO, 1, 1);
  private static final NodeId A = NodeId.parse("10.0.0.1:7000");
  private static final NodeId B = NodeId.parse("10.0.0.2:7000");
  private static final NodeId C = NodeId.parse("10.0.0.3:7000");

  private static final NodeId D = NodeId.parse("10.0.0.4:7000");
  private static final NodeId E = NodeId.parse("10.0.1.1:7000");
  private static final SessionEvents NOBODY = new NobodyListens();

  private final PeerTable table = table(2, 0, 9);

  private static PeerTable table(int peers, int outboundSlots, int inboundPerNetwork) {
    return new PeerTable(
        new PeerLimits(peers, outboundSlots, inboundPerNetwork, 3, address -> false),
        new SplittableRandom(1));
  }

  @AfterAll
  static void close() {
    ENVIRONMENT.close(Duration.ofSeconds(1));
  }

  /** A session that was dialled and goes nowhere; the table looks at its id and address only. */
  private static Session session(NodeId id) {
    return session(id, id);
  }

  /** A session whose peer dialled; its handshake has come. */
  private static Session inbound(NodeId id) {
    Session session = session(id, null);
    EmbeddedChannel channel = (EmbeddedChannel) session.attachment();
    channel.writeInbound(
        Unpooled.wrappedBuffer(new byte[] {0, (byte) (id.port() >> 8), (byte) id.port()}));
    assertEquals(id, session.id());
    return session;
  }

  private static Session session(NodeId id, NodeId dialled) {
    Duration second = Duration.ofSeconds(1);
    SessionLimits limits = new SessionLimits(second, second, second, second, 1, 1, 1, 1, 1);
    EmbeddedChannel channel =
        new EmbeddedChannel() {
          @Override
          protected SocketAddress remoteAddress0() {
            return id.socketAddress();
          }

          @Override
          protected SocketAddress localAddress0() {
            return new InetSocketAddress("127.0.0.1", 7000);
          }
        };
    Session session =
        new Session(
            channel,
            dialled,
            new SessionContext(
                ENVIRONMENT,
                limits,
                (type, command) -> 0,
                NodeType.NORMAL,
                1,
                NOBODY,
                NodeBudgets.of(1, 1, 1, 1),
                new InboundRates(List.of(), Map.of(), address -> true),
                new TrafficCounters(),
                Map.of()));
    session.attach(channel);
    channel.pipeline().fireChannelActive();
    return session;
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
  void oneUnfinishedHandshakeGoesForAFourth() {
    Session third = inbound(C);
    assertEquals(Optional.empty(), table.handshaking(inbound(A)));
    assertEquals(Optional.empty(), table.handshaking(inbound(B)));
    assertEquals(Optional.empty(), table.handshaking(third));
    var eviction = table.handshaking(inbound(C)).orElseThrow();
    assertEquals(4, eviction.ofNetwork());
    assertEquals("10.0.0.0/24", eviction.network().toString());
    assertEquals(3, table.all().size());
    assertFalse(table.all().contains(eviction.loser()));
    remove(table.all().get(0));
    assertEquals(Optional.empty(), table.handshaking(inbound(C)));
  }

  @Test
  void inboundPeersNeverTakeOutboundSlots() {
    PeerTable four = table(4, 2, 9);
    assertEquals(Admission.ADMITTED, four.admit(inbound(A)));
    assertTrue(four.hasRoomFor(inbound(B)));
    assertEquals(Admission.ADMITTED, four.admit(inbound(B)));
    assertFalse(four.hasRoomFor(inbound(C)));
    assertEquals(Admission.INBOUND_FULL, four.admit(inbound(C)));
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
    assertEquals(Admission.ADMITTED, three.admit(inbound(C)));
    assertEquals(Admission.TABLE_FULL, three.admit(inbound(D)));
  }

  @Test
  void placeIsThatOfTheFirstSessionWhateverCarriesThePeer() {
    PeerTable three = table(3, 1, 9);
    Session dialled = session(A);
    three.admit(dialled);
    Session back = inbound(A);
    assertEquals(Admission.CHALLENGER, three.admit(back));
    assertTrue(three.promote(dialled, back));
    three.admit(inbound(B));
    assertEquals(Admission.ADMITTED, three.admit(inbound(C)));
    three.remove(back, false);
    assertEquals(Admission.INBOUND_FULL, three.admit(inbound(D)));
  }

  @Test
  void inboundPeersOfANetworkAreBounded() {
    PeerTable many = table(9, 0, 2);
    Session first = inbound(A);
    many.admit(first);
    many.admit(inbound(B));
    assertEquals(Admission.NETWORK_FULL, many.admit(inbound(C)));
    assertFalse(many.hasRoomFor(inbound(C)));
    assertEquals(Admission.ADMITTED, many.admit(session(C)));
    assertEquals(Admission.ADMITTED, many.admit(inbound(E)));
    many.remove(first, false);
    assertEquals(Admission.ADMITTED, many.admit(inbound(D)));
    assertEquals(Admission.NETWORK_FULL, many.admit(inbound(A)));
  }

  @Test
  void exemptNetworksAreNotCounted() {
    PeerTable many =
        new PeerTable(new PeerLimits(9, 0, 1, 3, address -> true), new SplittableRandom(1));
    many.admit(inbound(A));
    assertEquals(Admission.ADMITTED, many.admit(inbound(B)));
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
