package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.Command;
import bdk.p2p.message.Direction;
import bdk.p2p.message.MessageType;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.SendResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Coming and going, as the application hears of it. */
@ExtendWith(NoLeaks.class)
class PeerEventsTest {
  /** Half of the stop timeout is what a disconnect may take; a busy machine takes its time. */
  private static final ManagerOptions PATIENT =
      Siege.options().stopTimeout(Duration.ofSeconds(40)).build();

  private static final Command NOTE = Command.of(5000);

  @Test
  void connectedIsRaisedOnceOnEachSideOnAWorker() {
    try (Pair pair = new Pair(builder -> builder)) {
      assertEquals(pair.farPeer, pair.nearRecorder.awaitConnected());
      assertEquals(Direction.OUTBOUND, pair.farPeer.direction());
      assertEquals(Direction.INBOUND, pair.nearPeer.direction());
      assertSame(pair.farPeer, Await.value(pair.near.connect(pair.farId)));
      Await.value(pair.near.ping(pair.farPeer));
      assertEquals(List.of("+" + pair.farId), pair.nearRecorder.coming);
      assertEquals(List.of("+" + pair.nearId), pair.farRecorder.coming);
      assertTrue(pair.nearRecorder.threads.get(0).contains("-worker"));
      assertTrue(pair.farPeer.roundTrip().isPresent());
      assertTrue(pair.farPeer.age().compareTo(pair.farPeer.roundTrip().get()) >= 0);
      assertTrue(pair.nearPeer.age().compareTo(Await.LIMIT) < 0);
    }
  }

  @Test
  void disconnectWritesWhatIsQueuedAndTellsBothSides() {
    AtomicInteger got = new AtomicInteger();
    try (Pair pair =
        new Pair(
            builder -> builder.options(PATIENT),
            builder -> builder.onNotification(NOTE, (peer, note) -> got.incrementAndGet()))) {
      for (int count = 0; count < 100; count++) {
        assertEquals(SendResult.QUEUED, pair.near.notify(pair.farPeer, NOTE, Bytes.zeros(10_000)));
      }
      Await.value(pair.near.disconnect(pair.farPeer));
      assertEquals(
          CloseReason.of(Code.DISCONNECTED), pair.nearRecorder.awaitDisconnected(pair.farId));
      assertEquals(Code.CLOSED_BY_PEER, pair.farRecorder.awaitDisconnected(pair.nearId).code());
      assertEquals(100, got.get());
      assertFalse(pair.farPeer.isConnected());
      assertEquals(List.of(), pair.near.peers());
      assertEquals(SendResult.PEER_GONE, pair.near.notify(pair.farPeer, NOTE, Bytes.zeros(1)));
      Await.value(pair.near.disconnect(pair.farPeer));
    }
  }

  @Test
  void peerThatIsBeingDisconnectedIsDialledAnew() {
    try (Pair pair = new Pair(builder -> builder)) {
      for (int count = 0; count < 10; count++) {
        Peer before = pair.near.peer(pair.farId).orElseThrow();
        CompletionStage<Void> parting = pair.near.disconnect(before);
        Peer after = Await.value(pair.near.connect(pair.farId));
        assertNotSame(before, after);
        assertFalse(before.isConnected());
        Await.value(parting);
        Await.value(pair.near.ping(after));
      }
    }
  }

  @Test
  void handlerMayWaitForThePeerThatItDialsAnew() {
    CompletableFuture<Peer> anew = new CompletableFuture<>();
    AtomicReference<Manager> self = new AtomicReference<>();
    NotificationHandler handler =
        (peer, note) -> {
          self.get().disconnect(peer);
          anew.complete(Await.value(self.get().connect(peer.id())));
        };
    try (Pair pair =
        new Pair(builder -> builder.onNotification(NOTE, handler), builder -> builder)) {
      self.set(pair.near);
      pair.far.notify(pair.nearPeer, NOTE, Bytes.zeros(1));
      Peer after = Await.value(anew);
      Await.value(pair.near.ping(after));
      Await.until("all of it", () -> pair.nearRecorder.coming.size() == 3);
      assertEquals(
          List.of("+" + pair.farId, "-" + pair.farId, "+" + pair.farId), pair.nearRecorder.coming);
    }
  }

  @RepeatedTest(5)
  void disconnectLosesNothingThoughThePeerGoesOnSending() {
    AtomicInteger got = new AtomicInteger();
    try (Pair pair =
        new Pair(
            builder -> builder.options(PATIENT).onNotification(NOTE, (peer, note) -> {}),
            builder -> builder.onNotification(NOTE, (peer, note) -> got.incrementAndGet()))) {
      Thread sender =
          new Thread(
              () -> {
                SendResult sent = SendResult.QUEUED;
                while (sent != SendResult.PEER_GONE) {
                  sent = pair.far.notify(pair.nearPeer, NOTE, Bytes.zeros(1000));
                }
              });
      sender.start();
      Await.until("traffic", () -> pair.farPeer.statistics().messagesIn() > 1000);
      for (int count = 0; count < 100; count++) {
        assertEquals(SendResult.QUEUED, pair.near.notify(pair.farPeer, NOTE, Bytes.zeros(10_000)));
      }
      Await.value(pair.near.disconnect(pair.farPeer));
      assertEquals(
          CloseReason.of(Code.DISCONNECTED), pair.nearRecorder.awaitDisconnected(pair.farId));
      CloseReason reason = pair.farRecorder.awaitDisconnected(pair.nearId);
      assertEquals(100, got.get(), reason.toString());
      Await.until("the sender", () -> !sender.isAlive());
    }
  }

  @Test
  void dialThatNobodyAnswersFailsWithAReason() {
    Recorder recorder = new Recorder();
    try (Manager node = Pair.builder(recorder).start()) {
      // After the node has its own port, so that it cannot get this one.
      NodeId nobody;
      try (RawListener gone = new RawListener()) {
        nobody = gone.id();
      }
      DialException failure = (DialException) Await.failure(node.connect(nobody));
      assertEquals(Code.CONNECT_FAILED, failure.reason().code());
      Recorder.Refused refused = Await.next("refused", recorder.refused);
      assertEquals(nobody.socketAddress(), refused.address());
    }
  }

  @Test
  void selfIsNeverDialled() {
    for (String host : List.of("127.0.0.1", "0.0.0.0")) {
      try (Manager node =
          Manager.builder().listen(host, 0).options(Siege.options().build()).start()) {
        int port = node.listening().orElseThrow().port();
        DialException failure =
            (DialException) Await.failure(node.connect(NodeId.parse("127.0.0.1:" + port)));
        Recorder.assertReason(Code.SELF, "it is this node's own address", failure.reason());
      }
    }
  }

  @RepeatedTest(10)
  void selfBehindAForwardIsKnownByItsOwnPing() {
    Recorder recorder = new Recorder();
    try (Forward forward = new Forward();
        Manager node =
            Pair.builder(recorder)
                .announce(NodeId.parse("203.0.113.7:" + forward.id().port()))
                .start()) {
      forward.to(node.listening().orElseThrow());
      node.connect(forward.id());
      Await.until("the end of it", () -> countOfSelf(node) >= 1 && node.peers().isEmpty());
      assertTrue(Await.holdsFor(Duration.ofMillis(200), () -> node.peers().isEmpty()));
      Await.until(
          "as many to go as came", () -> recorder.connected.size() == recorder.disconnected.size());
    }
  }

  private static long countOfSelf(Manager node) {
    ManagerStatistics statistics = node.statistics();
    return statistics.refused().get(Code.SELF) + statistics.disconnected().get(Code.SELF);
  }

  @Test
  void secondDialOfAPeerJoinsTheFirst() {
    try (Siege siege = new Siege();
        RawListener listener = new RawListener()) {
      var first = siege.node.connect(listener.id());
      var second = siege.node.connect(listener.id());
      try (RawPeer peer = listener.accept(0)) {
        peer.stayingAlive();
        assertSame(Await.value(first), Await.value(second));
        siege.recorder.awaitConnected(listener.id());
      }
    }
  }

  @Test
  void peerThatComesAndGoesWhileTheListenerIsSlowIsToldOfInFull() {
    CountDownLatch release = new CountDownLatch(1);
    Recorder recorder = new Recorder();
    NodeListener slow = new SlowListener(recorder, release);
    try (Manager node = Pair.builder(new Recorder()).listener(slow).start()) {
      NodeId id = node.listening().orElseThrow();
      int port;
      NodeId peer;
      try (RawPeer first = RawPeer.join(id)) {
        port = first.localPort();
        peer = first.id();
        recorder.awaitConnected(peer);
      }
      Await.until("the first to be gone", () -> node.peers().isEmpty());
      try (RawPeer second = RawPeer.connect(id)) {
        second.greet(0, port);
        Await.until("the second", () -> node.peers().size() == 1);
      }
      Await.until("the second to be gone", () -> node.peers().isEmpty());
      release.countDown();
      try (RawPeer third = RawPeer.connect(id)) {
        third.greet(0, port);
        third.readHandshake();
        Await.until("all of it", () -> recorder.coming.size() >= 5);
        assertEquals(
            List.of("+" + peer, "-" + peer, "+" + peer, "-" + peer, "+" + peer), recorder.coming);
        third.send(RawPeer.frame(RawPeer.REQUEST, 3, 2));
        assertEquals(3, third.next(MessageType.ANSWER, Command.REQUEST_NODES).id());
      }
    }
  }

  /** Passes on to another listener; the first to go waits for the latch. */
  private record SlowListener(Recorder recorder, CountDownLatch release) implements NodeListener {
    @Override
    public void connected(Peer peer) {
      recorder.connected(peer);
    }

    @Override
    public void disconnected(Peer peer, CloseReason reason) {
      Latches.await(release);
      recorder.disconnected(peer, reason);
    }
  }

  @Test
  void listenerThatThrowsHarmsNobody() {
    NodeListener broken =
        new NodeListener() {
          @Override
          public void connected(Peer peer) {
            throw new IllegalStateException("broken listener");
          }
        };
    try (Pair pair = new Pair(builder -> builder.listener(broken), builder -> builder)) {
      Await.value(pair.near.ping(pair.farPeer));
      Await.value(pair.far.ping(pair.nearPeer));
    }
  }

  @Test
  void chainHeadThatFailsHarmsNobody() {
    try (Pair pair =
        new Pair(
            builder ->
                builder
                    .options(Siege.options().infoInterval(Duration.ofMillis(20)).build())
                    .chainHead(
                        () -> {
                          throw new IllegalStateException("no chain head");
                        }),
            builder -> builder)) {
      assertTrue(Await.holdsFor(Duration.ofMillis(200), () -> pair.near.peers().size() == 1));
      Await.value(pair.far.ping(pair.nearPeer));
    }
  }
}
