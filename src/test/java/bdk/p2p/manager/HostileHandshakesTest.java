package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.Command;
import bdk.p2p.message.MessageType;
import bdk.p2p.message.NodeId;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Peers that do not come in properly. */
@ExtendWith(NoLeaks.class)
class HostileHandshakesTest {
  private static final Duration SHORT = Duration.ofMillis(1500);

  /** Long enough for an honest peer on a machine that stands still for a moment. */
  private static final Duration AMPLE = Duration.ofSeconds(3);

  @ParameterizedTest
  @EnumSource(names = {"AUTO", "NIO"})
  void unfinishedHandshakeIsClosedInTime(TransportKind transport) {
    try (Siege siege = new Siege(options -> options.handshakeTimeout(AMPLE).transport(transport));
        RawPeer silent = RawPeer.connect(siege.id);
        RawPeer half = RawPeer.connect(siege.id)) {
      half.send("0024");
      silent.readHandshake();
      silent.awaitClosed();
      half.readHandshake();
      half.awaitClosed();
      Recorder.Refused refused = Await.next("refused", siege.recorder.refused);
      Recorder.assertReason(
          Code.HANDSHAKE_TIMEOUT, "no complete handshake within 3000 ms", refused.reason());
      assertTrue(
          List.of(silent.localPort(), half.localPort()).contains(refused.address().getPort()));
    }
  }

  @Test
  void peerThatStopsInMidHeaderIsClosedAsIdle() {
    try (Siege siege = new Siege(options -> options.idleTimeout(AMPLE));
        RawPeer intruder = siege.intruder().answersPings(false)) {
      intruder.send("00000000 0000");
      Recorder.assertReason(
          Code.IDLE, "nothing came for 3000 ms", siege.recorder.awaitDisconnected(intruder.id()));
      intruder.awaitClosed();
    }
  }

  @Test
  void quietPeerThatAnswersPingsStays() {
    try (Siege siege = new Siege(options -> options.idleTimeout(AMPLE));
        RawPeer quiet = siege.intruder().stayingAlive()) {
      Duration longer = AMPLE.plus(AMPLE.dividedBy(4));
      assertTrue(Await.holdsFor(longer, () -> siege.node.peer(quiet.id()).isPresent()));
    }
  }

  @Test
  void quietPeerStaysThoughTheNodeStoodStill() {
    Command still = Command.of(5000);
    Duration idle = AMPLE.dividedBy(2);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    UnaryOperator<ManagerBuilder> standing =
        builder ->
            builder
                .command(still, CommandOptions.defaults().withLightHandlers())
                .onNotification(
                    still,
                    (peer, note) -> {
                      begun.countDown();
                      Latches.await(release);
                    });
    try (Siege siege = new Siege(Siege.options().idleTimeout(idle).build(), standing);
        RawPeer quiet = siege.intruder().stayingAlive();
        RawPeer other = siege.intruder().stayingAlive()) {
      other.send(RawPeer.frame(RawPeer.NOTIFICATION, 1, still.code()));
      Latches.await(begun);
      assertTrue(
          Await.holdsFor(idle.plus(idle.dividedBy(2)), siege.recorder.disconnected::isEmpty));
      release.countDown();
      siege.assertHonestPeerIsServed();
      assertTrue(siege.node.peer(quiet.id()).isPresent());
      assertTrue(siege.recorder.disconnected.isEmpty());
    }
  }

  @Test
  void someOfTooManyUnfinishedHandshakesGo() {
    try (Siege siege =
        new Siege(options -> options.maxHandshakes(100).handshakeTimeout(Await.LIMIT))) {
      List<RawPeer> silent = new ArrayList<>();
      for (int count = 0; count < 300; count++) {
        silent.add(RawPeer.connect(siege.id));
      }
      for (int count = 0; count < 200; count++) {
        Recorder.assertReason(
            Code.TOO_MANY_HANDSHAKES,
            "there are more than 100 unfinished handshakes, 101 of them from 127.0.0.0/24",
            siege.recorder.awaitRefused());
      }
      silent.forEach(RawPeer::close);
      for (int count = 0; count < 100; count++) {
        siege.recorder.awaitRefused();
      }
      siege.intruder().close();
    }
  }

  @Test
  void peerThatAnnouncesOurOwnPortIsRefused() {
    try (Siege siege = new Siege();
        RawPeer impostor = RawPeer.connect(siege.id)) {
      impostor.greet(0, siege.id.port());
      Recorder.assertReason(
          Code.SELF, siege.id + " is this node's own address", siege.recorder.awaitRefused());
      impostor.readHandshake();
      impostor.awaitClosed();
    }
  }

  @Test
  void peerThatAnnouncesALivePeersPortIsRefused() {
    try (Siege siege = new Siege();
        RawPeer impostor = RawPeer.connect(siege.id)) {
      impostor.greet(0, siege.honestId().port());
      Recorder.assertReason(
          Code.DUPLICATE, "the peer has a live session already", siege.recorder.awaitRefused());
      impostor.readHandshake();
      impostor.awaitClosed();
      assertTrue(siege.recorder.disconnected.isEmpty());
    }
  }

  @Test
  void peerThatCrashedTakesThePlaceOfItsDeadSession() {
    try (Siege siege = new Siege(options -> options.probeTimeout(SHORT));
        RawPeer crashed = RawPeer.connect(siege.id)) {
      int port = crashed.localPort();
      NodeId id = crashed.id();
      crashed.greet(0, port);
      Peer first = siege.recorder.awaitConnected(id);
      crashed.send(RawPeer.frame(RawPeer.NOTIFICATION, 1, 4097));
      Await.until("a message", () -> first.statistics().messagesIn() == 1);
      try (RawPeer back = RawPeer.connect(siege.id)) {
        back.greet(0, port);
        back.readHandshake();
        Recorder.assertReason(
            Code.REPLACED,
            "no answer within 1500 ms, and the peer has come anew",
            siege.recorder.awaitDisconnected(id));
        Peer second = siege.recorder.awaitConnected(id);
        assertEquals(back.localPort(), second.address().getPort());
        back.send(RawPeer.frame(RawPeer.REQUEST, 5, 4096, (byte) 9));
        assertArrayEquals(new byte[] {9}, back.next(MessageType.ANSWER, Siege.ECHO).payload());
      }
    }
  }

  @Test
  void morePeersThanTheMaximumSeeNoHandshake() {
    try (Siege siege = new Siege(options -> options.maxPeers(3));
        RawPeer second = siege.intruder();
        RawPeer third = siege.intruder();
        RawPeer fourth = RawPeer.connect(siege.id)) {
      fourth.greet(0, fourth.localPort());
      Recorder.assertReason(
          Code.TOO_MANY_PEERS, "there are 3 peers already", siege.recorder.awaitRefused());
      assertThrows(UncheckedIOException.class, fourth::readHandshake);
      second.reset();
      siege.recorder.awaitDisconnected(second.id());
      siege.intruder().close();
      assertTrue(siege.node.peer(third.id()).isPresent());
    }
  }

  @Test
  void bytesMayComeOneAtATime() {
    try (Siege siege = new Siege();
        RawPeer slow = RawPeer.connect(siege.id)) {
      for (byte one : RawPeer.handshake(0, slow.localPort())) {
        slow.send(new byte[] {one});
      }
      for (byte one : RawPeer.frame(RawPeer.REQUEST, 77, 4096, (byte) 1, (byte) 2)) {
        slow.send(new byte[] {one});
      }
      slow.readHandshake();
      RawPeer.Frame answer = slow.next(MessageType.ANSWER, Siege.ECHO);
      assertEquals(77, answer.id());
      assertArrayEquals(new byte[] {1, 2}, answer.payload());
    }
  }

  @Test
  void messagesMayComeInTheSegmentOfTheHandshake() {
    try (Siege siege = new Siege();
        RawPeer eager = RawPeer.connect(siege.id)) {
      byte[] request = RawPeer.frame(RawPeer.REQUEST, 77, 4096, (byte) 1);
      byte[] segment = new byte[3 + request.length];
      System.arraycopy(RawPeer.handshake(0, eager.localPort()), 0, segment, 0, 3);
      System.arraycopy(request, 0, segment, 3, request.length);
      eager.send(segment);
      eager.readHandshake();
      assertEquals(77, eager.next(MessageType.ANSWER, Siege.ECHO).id());
    }
  }

  @Test
  void dialledNodeThatAnnouncesAnotherPortIsRefused() {
    try (Siege siege = new Siege();
        RawListener listener = new RawListener()) {
      var dial = siege.node.connect(listener.id());
      try (RawPeer liar = listener.accept()) {
        liar.greet(0, 4711);
        DialException failure = (DialException) Await.failure(dial);
        Recorder.assertReason(
            Code.FOREIGN_PORT,
            "the peer announces port 4711, dialled was " + listener.id().port(),
            failure.reason());
        assertEquals(failure.reason(), siege.recorder.awaitRefused());
        liar.readHandshake();
        liar.awaitClosed();
      }
    }
  }

  @Test
  void discoveryPeerGetsNothingButPingsAndNodeRequests() {
    try (Siege siege = new Siege(options -> options.infoInterval(Duration.ofMillis(20)));
        RawListener listener = new RawListener()) {
      siege.node.connect(listener.id());
      try (RawPeer discovery = listener.accept(1)) {
        Peer peer = siege.recorder.awaitConnected(listener.id());
        assertEquals(1, siege.node.broadcast(Command.of(4098), Bytes.of(1)).peers().size());
        assertThrows(
            IllegalArgumentException.class,
            () -> siege.node.notify(peer, Command.of(4098), Bytes.of(1)));
        assertThrows(IllegalArgumentException.class, () -> siege.node.requestInfo(peer));
        siege.node.requestNodes(peer);
        RawPeer.Frame last = discovery.next(frame -> frame.command() != 0);
        assertTrue(last.is(MessageType.REQUEST, Command.REQUEST_NODES), last.toString());
      }
    }
  }
}
