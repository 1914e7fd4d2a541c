package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.Command;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.MessageType;
import bdk.p2p.message.NodeEntry;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.NodeType;
import bdk.p2p.wire.NodeListCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Everything that a peer may do wrong, against one node with default bounds and twenty honest peers
 * over real sockets, who ask four thousand times a second: they go on being answered at nearly
 * their usual pace, the node's memory stays within its budgets, the offender is gone or contained,
 * and the log is short.
 */
class HostileNetworkIT {
  private static final int HONEST = 20;
  private static final int MOST_LOG_LINES = 10;

  /** Cold code would make the quiet slow. */
  private static final Duration WARM_UP = Duration.ofSeconds(5);

  /**
   * Defaults, but that loopback is taken for what any address is, and that there are fewer peers
   * than it wants, so that it goes on looking for some.
   */
  private static final ManagerOptions OPTIONS =
      ManagerOptions.builder()
          .minPeers(HONEST + 5)
          .guard(GuardOptions.builder().exemptLoopback(false).build())
          .build();

  private static Manager node;
  private static Pulse pulse;
  private static HostileTraffic traffic;
  private static LogLines log;

  @BeforeAll
  static void start() {
    log = new LogLines();
    node =
        Manager.builder()
            .listen("127.0.0.1", 0)
            .options(OPTIONS)
            .onRequest(Siege.ECHO, (peer, request) -> request.payload())
            .start();
    pulse = new Pulse(node.listening().orElseThrow(), HONEST);
    pulse.during(WARM_UP);
    traffic = new HostileTraffic(node, pulse, HONEST);
  }

  @AfterAll
  static void stop() {
    pulse.close();
    node.close();
    log.close();
  }

  @AfterEach
  void honestPeersWereNeverHarmed() {
    assertTrue(pulse.isWhole());
    assertEquals(0, pulse.failures());
    assertTrue(log.taken() <= MOST_LOG_LINES);
    ManagerStatistics now = node.statistics();
    ManagerOptions limits = ManagerOptions.defaults();
    assertTrue(now.arrivingBytes() <= limits.totalArrivingBytes(), now.toString());
    assertTrue(now.heldBytes() <= 2 * limits.totalInboxBytes(), now.toString());
    assertTrue(now.queuedBytes() <= 2 * limits.totalOutboundBytes(), now.toString());
    Await.until("only honest peers", () -> node.peers().size() == HONEST);
  }

  /** One of the attackers of the last attack at least: a window may be too short for it. */
  private static void assertBanned() {
    assertTrue(node.bans().stream().anyMatch(ban -> traffic.attackers().contains(ban.address())));
  }

  private static void besiege(String name, HostileTraffic.Attack attack) {
    System.out.println(traffic.besiege(name, attack));
  }

  private static void rest(long millis, BooleanSupplier goesOn) {
    Await.holdsFor(Duration.ofMillis(millis), goesOn);
  }

  private static long ends(Code code) {
    ManagerStatistics now = node.statistics();
    return now.disconnected().get(code) + now.refused().get(code);
  }

  @Test
  void framesThatAreTooShort() {
    long before = ends(Code.VIOLATION);
    AtomicInteger length = new AtomicInteger();
    besiege(
        "frames of 0 to 10 bytes",
        (target, goesOn) -> {
          try (RawPeer peer = target.greeted()) {
            peer.send(RawPeer.header(length.getAndIncrement() % 11, 0, 1, 4096));
            peer.awaitClosed();
          }
        });
    assertTrue(ends(Code.VIOLATION) - before >= 11);
    assertBanned();
  }

  @Test
  void typesThatDoNotExist() {
    long before = ends(Code.VIOLATION);
    int[] types = {4, 5, 255};
    AtomicInteger turn = new AtomicInteger();
    besiege(
        "types 4, 5 and 255",
        (target, goesOn) -> {
          try (RawPeer peer = target.greeted()) {
            peer.send(RawPeer.frame(types[turn.getAndIncrement() % 3], 1, 4096));
            peer.awaitClosed();
          }
        });
    assertTrue(ends(Code.VIOLATION) - before >= 3);
    assertBanned();
  }

  @Test
  void secondAnswersToOneRequest() {
    long before = node.statistics().drops().get(DropReason.UNMATCHED_ANSWER);
    besiege(
        "second answers",
        (target, goesOn) -> {
          try (RawPeer peer = target.greeted().answersPings(false)) {
            Await.until("the peer", () -> target.node().peer(peer.id()).isPresent());
            Peer handle = target.node().peer(peer.id()).orElseThrow();
            for (int count = 0; count < 50 && goesOn.getAsBoolean(); count++) {
              HostileTraffic.pace();
              var asked = target.node().request(handle, Siege.ECHO, Bytes.zeros(1));
              long request = peer.next(MessageType.REQUEST, Siege.ECHO).id();
              peer.send(RawPeer.frame(RawPeer.ANSWER, request, 4096));
              peer.send(RawPeer.frame(RawPeer.ANSWER, request, 4096));
              Await.value(asked);
            }
          }
        });
    Await.until(
        "dropped answers",
        () -> node.statistics().drops().get(DropReason.UNMATCHED_ANSWER) - before >= 10);
  }

  @Test
  void answersOfPeersThatWereNotAsked() {
    besiege(
        "answers of others",
        (target, goesOn) -> {
          try (RawPeer asked = target.greeted();
              RawPeer other = target.greeted()) {
            Await.until("the peers", () -> target.node().peer(other.id()).isPresent());
            Await.until("the peers", () -> target.node().peer(asked.id()).isPresent());
            Peer handle = target.node().peer(asked.id()).orElseThrow();
            for (int count = 0; count < 50 && goesOn.getAsBoolean(); count++) {
              HostileTraffic.pace();
              var answer = target.node().request(handle, Siege.ECHO, Bytes.zeros(1));
              long request = asked.next(MessageType.REQUEST, Siege.ECHO).id();
              long dropped = target.node().statistics().drops().get(DropReason.UNMATCHED_ANSWER);
              other.send(RawPeer.frame(RawPeer.ANSWER, request, 4096, (byte) 66));
              Await.until(
                  "the drop",
                  () ->
                      target.node().statistics().drops().get(DropReason.UNMATCHED_ANSWER)
                          > dropped);
              asked.send(RawPeer.frame(RawPeer.ANSWER, request, 4096, (byte) 7));
              assertEquals(7, Await.value(answer).payload().get());
            }
          }
        });
  }

  @Test
  void twentyPeersThatAnnounceTheLargestFrame() {
    besiege(
        "20 announce 128 MiB",
        (target, goesOn) -> {
          List<RawPeer> peers = new ArrayList<>();
          for (int count = 0; count < 20; count++) {
            RawPeer peer = target.greeted();
            peer.trySend(RawPeer.header(count % 2 == 0 ? 134_217_728 : 16 << 20, 3, 1, 4096));
            peers.add(peer);
          }
          rest(100, goesOn);
          assertTrue(target.node().statistics().arrivingBytes() < 1 << 20);
          peers.forEach(RawPeer::close);
        });
    assertBanned();
  }

  @Test
  void peersThatNeverFinish() {
    besiege(
        "unfinished handshakes and headers",
        (target, goesOn) -> {
          List<RawPeer> peers = new ArrayList<>();
          for (int count = 0; count < 300 && goesOn.getAsBoolean(); count++) {
            RawPeer peer = target.connect(count);
            if (count % 3 == 0) {
              peer.greet(0, peer.localPort());
              peer.trySend(new byte[6]);
            } else if (count % 3 == 1) {
              peer.trySend(new byte[1]);
            }
            peers.add(peer);
          }
          rest(100, goesOn);
          peers.forEach(RawPeer::close);
        });
  }

  @Test
  void floodOfRequestsWhoseAnswersAreNeverRead() {
    besiege(
        "requests without reading",
        (target, goesOn) -> {
          byte[] request = RawPeer.frame(RawPeer.REQUEST, 1, 4096, new byte[8192]);
          RawPeer flooder = RawPeer.connectFrom(target.network() + 1, target.id(), 4096);
          flooder.greet(0, flooder.localPort());
          Thread flood =
              new Thread(
                  () -> {
                    while (flooder.trySend(request)) {
                      // As fast as the node takes it.
                    }
                  },
                  "flood");
          flood.start();
          rest(1000, goesOn);
          flooder.close();
          Await.until("the end of the flood", () -> !flood.isAlive());
        });
  }

  @Test
  void floodOfRequestsWhoseAnswersAreRead() {
    besiege(
        "requests as fast as they are answered",
        (target, goesOn) -> {
          try (RawPeer flooder = target.greeted()) {
            byte[] request = RawPeer.frame(RawPeer.REQUEST, 1, 4096, new byte[100]);
            for (int batch = 0; batch < 100 && goesOn.getAsBoolean(); batch++) {
              HostileTraffic.pace();
              for (int count = 0; count < 50; count++) {
                flooder.send(request);
              }
              for (int count = 0; count < 50; count++) {
                flooder.next(MessageType.ANSWER, Siege.ECHO);
              }
            }
          }
        });
  }

  @Test
  void impostors() {
    besiege(
        "others' ports",
        (target, goesOn) -> {
          HostileTraffic.pace();
          // From the address that they claim to have a port of.
          try (RawPeer self = RawPeer.connect(target.id());
              RawPeer other = RawPeer.connect(target.id())) {
            self.greet(0, target.id().port());
            other.greet(0, target.victim().port());
            self.awaitClosed();
            other.awaitClosed();
          }
        });
    assertTrue(ends(Code.SELF) > 0);
    assertTrue(ends(Code.DUPLICATE) > 0);
  }

  @Test
  void answersThatNameAHundredThousandAddresses() {
    List<NodeEntry> entries = new ArrayList<>();
    for (int number = 0; number < 100_000; number++) {
      byte[] address = {127, (byte) (number >> 16 | 1), (byte) (number >> 8), (byte) number};
      entries.add(new NodeEntry(NodeType.NORMAL, NodeId.of(socket(address))));
    }
    byte[] all = NodeListCodec.encode(entries);
    byte[] half = NodeListCodec.encode(entries.subList(0, 50_000));
    besiege(
        "100,000 addresses",
        (target, goesOn) -> {
          for (byte[] list : List.of(half, all)) {
            try (RawPeer peer = target.greeted()) {
              long asked = peer.next(MessageType.REQUEST, Command.REQUEST_NODES).id();
              peer.send(RawPeer.frame(RawPeer.ANSWER, asked, Command.REQUEST_NODES.code(), list));
              rest(200, goesOn);
            }
          }
        });
    assertTrue(node.statistics().knownAddresses() <= ManagerOptions.defaults().knownAddresses());
  }

  private static InetSocketAddress socket(byte[] address) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(address), 1);
    } catch (UnknownHostException cause) {
      throw new AssertionError(cause);
    }
  }

  @Test
  void morePeersThanTheMaximum() {
    besiege(
        "200 peers",
        (target, goesOn) -> {
          List<RawPeer> peers = new ArrayList<>();
          for (int count = 0; count < 200 && goesOn.getAsBoolean(); count++) {
            RawPeer peer = target.connect(count);
            peer.greet(0, peer.localPort());
            peers.add(peer);
          }
          rest(100, goesOn);
          assertTrue(target.node().peers().size() <= ManagerOptions.defaults().maxPeers());
          peers.forEach(RawPeer::close);
        });
    assertTrue(ends(Code.TOO_MANY_PEERS) > 0);
  }
}
