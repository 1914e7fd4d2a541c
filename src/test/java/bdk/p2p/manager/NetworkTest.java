package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.Command;
import bdk.p2p.message.MessageType;
import bdk.p2p.message.NodeEntry;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.NodeType;
import bdk.p2p.message.Verdict;
import bdk.p2p.wire.NodeListCodec;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several nodes that find each other over real sockets. */
@ExtendWith(NoLeaks.class)
class NetworkTest {
  private static final Command TX = Command.BROADCAST_TRANSACTION;

  private final List<Manager> nodes = new ArrayList<>();

  @AfterEach
  void close() {
    nodes.forEach(Manager::close);
  }

  private static ManagerOptions.Builder eager() {
    return Siege.options()
        .discoveryInterval(Duration.ofMillis(100))
        .discoveryRestingInterval(Duration.ofMillis(500));
  }

  private Manager start(ManagerBuilder builder) {
    Manager node = builder.start();
    nodes.add(node);
    return node;
  }

  private Manager discovery() {
    return start(
        Manager.builder().listen("127.0.0.1", 0).type(NodeType.DISCOVERY).options(eager().build()));
  }

  private static long normalPeers(Manager node) {
    return node.peers().stream().filter(peer -> peer.type() == NodeType.NORMAL).count();
  }

  @Test
  void nodesThatKnowOnlyADiscoveryNodeFindEnoughPeers() {
    NodeId seed = discovery().listening().orElseThrow();
    int minPeers = 4;
    Set<Integer> reached = ConcurrentHashMap.newKeySet();
    for (int number = 0; number < 10; number++) {
      int own = number;
      start(
          Manager.builder()
              .listen("127.0.0.1", 0)
              .seed(seed)
              .options(eager().minPeers(minPeers).maxPeers(10).build())
              .onBroadcast(
                  TX,
                  (peer, broadcast) -> {
                    reached.add(own);
                    return Verdict.RELAY;
                  }));
    }
    List<Manager> normal = nodes.subList(1, nodes.size());
    Await.until(
        "enough peers for all",
        () -> normal.stream().allMatch(node -> normalPeers(node) >= minPeers));
    for (Manager node : normal) {
      Set<NodeId> ids = new HashSet<>();
      node.peers().forEach(peer -> assertTrue(ids.add(peer.id()), "two of " + peer));
      assertTrue(node.peers().size() <= 10);
    }
    normal.get(0).broadcast(TX, ByteBuffer.allocate(100));
    Await.until("the broadcast everywhere", () -> reached.size() == 9);
  }

  @Test
  void seedThatComesLateIsFound() {
    NodeId seed;
    try (RawListener place = new RawListener()) {
      seed = place.id();
    }
    Manager node = start(Manager.builder().seed(seed).options(eager().build()));
    start(Manager.builder().listen("127.0.0.1", seed.port()).options(eager().build()));
    Await.until("the seed", () -> node.peer(seed).isPresent());
  }

  @Test
  void discoveryNodesAreNotDialledAndNormalOnesAre() {
    try (RawListener seed = new RawListener();
        RawListener normal = new RawListener();
        RawListener other = new RawListener()) {
      Manager node =
          start(
              Manager.builder()
                  .listen("127.0.0.1", 0)
                  .seed(seed.id())
                  .options(eager().minPeers(3).build()));
      try (RawPeer first = seed.accept(1)) {
        long id = first.next(MessageType.REQUEST, Command.REQUEST_NODES).id();
        ByteBuffer list = ByteBuffer.allocate(16);
        list.putShort((short) 0x0100).putInt(0x7f000001).putShort((short) other.id().port());
        list.putShort((short) 0).putInt(0x7f000001).putShort((short) normal.id().port());
        first.send(RawPeer.frame(RawPeer.ANSWER, id, 2, list.array()));
        normal.accept(0).stayingAlive();
        Await.until("the normal node", () -> node.peer(normal.id()).isPresent());
        assertEquals(2, node.peers().size());
        assertTrue(node.peer(other.id()).isEmpty());
      }
    }
  }

  @Test
  void answerNamesNoMorePeersThanItsBoundAndInTimeAll() {
    Manager node =
        start(
            Manager.builder()
                .type(NodeType.DISCOVERY)
                .listen("127.0.0.1", 0)
                .options(eager().addressesPerAnswer(2).build()));
    try (RawPeer first = announced(node, 7001);
        RawPeer second = announced(node, 7002);
        RawPeer third = announced(node, 7003)) {
      Await.until("three peers", () -> node.peers().size() == 3);
      Set<NodeEntry> named = new HashSet<>();
      for (int id = 0; id < 60; id++) {
        RawPeer asker = List.of(first, second, third).get(id % 3);
        asker.send(RawPeer.frame(RawPeer.REQUEST, id, 2));
        byte[] list = asker.next(MessageType.ANSWER, Command.REQUEST_NODES).payload();
        List<NodeEntry> entries = NodeListCodec.decode(ByteBuffer.wrap(list), 10);
        assertEquals(2, entries.size());
        named.addAll(entries);
      }
      assertEquals(3, named.size());
    }
  }

  private static RawPeer announced(Manager node, int port) {
    RawPeer peer = RawPeer.connect(node.listening().orElseThrow());
    peer.greet(0, port);
    peer.readHandshake();
    return peer;
  }

  @Test
  void peersComeBackToANodeThatRestartsOnItsPortTwentyTimes() {
    Manager center = Manager.builder().listen("127.0.0.1", 0).options(eager().build()).start();
    NodeId place = center.listening().orElseThrow();
    for (int count = 0; count < 3; count++) {
      start(
          Manager.builder()
              .listen("127.0.0.1", 0)
              .seed(place)
              .options(eager().discoveryInterval(Duration.ofMillis(10)).build()));
    }
    for (int restart = 0; restart < 20; restart++) {
      Manager running = center;
      Await.until("three peers", () -> running.peers().size() == 3);
      center.close();
      Await.until("nobody left", () -> nodes.stream().allMatch(node -> node.peers().isEmpty()));
      center = Manager.builder().listen("127.0.0.1", place.port()).options(eager().build()).start();
    }
    center.close();
  }
}
