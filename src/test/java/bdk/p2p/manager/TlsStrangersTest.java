package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.Command;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.SendResult;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Peers that speak TLS by hand, well or badly, at a node that takes nothing else. */
@ExtendWith(NoLeaks.class)
@Timeout(60)
class TlsStrangersTest {
  /** Long enough for TLS on a busy machine. */
  private static final Duration HANDSHAKE_LIMIT = Duration.ofSeconds(5);

  private static final int BLOCK_BYTES = 100_000;

  private static final Command NOTE = Command.of(5000);

  private final Recorder recorder = new Recorder();
  private final Manager node =
      Keys.as("beta")
          .apply(Pair.builder(recorder))
          .options(
              Siege.options()
                  .handshakeTimeout(HANDSHAKE_LIMIT)
                  .writeStallTimeout(Duration.ofSeconds(3))
                  .build())
          .start();
  private final NodeId id = node.listening().orElseThrow();

  @AfterEach
  void stop() {
    node.close();
  }

  private static void assertSays(Code code, String words, CloseReason reason) {
    assertEquals(code, reason.code(), reason::toString);
    assertTrue(reason.detail().contains(words), reason::toString);
  }

  /** A client's TLS 1.3 ends before the server has judged it: it reads to hear of the verdict. */
  private static String alertTo(SSLSocket socket) {
    return assertThrows(
            SSLException.class,
            () -> {
              try (socket) {
                socket.startHandshake();
                socket.getInputStream().read();
              }
            })
        .getMessage();
  }

  @Test
  void clientWithoutACertificateIsRefused() {
    String alert = alertTo(RawTls.dial(id, null));
    assertTrue(alert.contains("certificate"), alert);
    assertSays(Code.UNTRUSTED, "the peer has shown no certificate", recorder.awaitRefused());
  }

  @Test
  void clientThatSpeaksAnOlderTlsIsRefused() {
    SSLSocket socket =
        RawTls.dial(id, "alpha", parameters -> parameters.setProtocols(new String[] {"TLSv1.2"}));
    assertTrue(alertTo(socket).contains("protocol_version"));
    assertSays(Code.TLS_FAILED, "the peer does not speak TLS 1.3", recorder.awaitRefused());
  }

  @Test
  void clientThatNamesNoNetworkIsRefused() {
    SSLSocket socket =
        RawTls.dial(id, "alpha", parameters -> parameters.setApplicationProtocols(new String[0]));
    alertTo(socket);
    assertSays(
        Code.WRONG_NETWORK,
        "this node is of network bdk/test/1, the peer names none",
        recorder.awaitRefused());
  }

  @Test
  void bytesThatAreNoTlsAfterTheFirstAreRefused() {
    try (RawPeer peer = RawPeer.connect(id)) {
      peer.send("160301 0005 ffffffffff");
      peer.awaitClosed();
      assertEquals(Code.TLS_FAILED, recorder.awaitRefused().code());
    }
  }

  @Test
  void clientThatStopsInItsHandshakeIsTimedOut() {
    try (RawPeer peer = RawPeer.connect(id)) {
      peer.send("160301 0200 01");
      peer.awaitClosed();
      Recorder.assertReason(
          Code.HANDSHAKE_TIMEOUT, "no complete handshake within 5000 ms", recorder.awaitRefused());
    }
  }

  @Test
  void clientThatShakesHandsInTlsOnlyIsTimedOut() throws IOException {
    try (SSLSocket socket = RawTls.dial(id, "alpha")) {
      socket.startHandshake();
      assertEquals(Code.HANDSHAKE_TIMEOUT, recorder.awaitRefused().code());
    }
  }

  @Test
  void clientThatLeavesInItsHandshakeHasClosed() {
    try (RawPeer peer = RawPeer.connect(id)) {
      peer.send("160301 0200 01");
    }
    assertSays(Code.CLOSED_BY_PEER, "during the TLS handshake", recorder.awaitRefused());
  }

  private CloseReason dialled(String who, Consumer<SSLParameters> change) throws IOException {
    try (SSLServerSocket server = RawTls.listen(who, change)) {
      CompletableFuture<Object> served =
          CompletableFuture.supplyAsync(
              () -> {
                try (SSLSocket socket = (SSLSocket) server.accept()) {
                  socket.startHandshake();
                  return socket.getInputStream().read();
                } catch (IOException refused) {
                  return refused;
                }
              });
      NodeId there = new NodeId(server.getInetAddress(), server.getLocalPort());
      Throwable failure = Await.failure(node.connect(there));
      Await.value(served);
      return assertInstanceOf(DialException.class, failure).reason();
    }
  }

  @Test
  void serverThatSpeaksAnOlderTlsIsRefused() throws IOException {
    CloseReason reason =
        dialled("alpha", parameters -> parameters.setProtocols(new String[] {"TLSv1.2"}));
    assertSays(Code.TLS_FAILED, "the peer does not speak TLS 1.3", reason);
  }

  @Test
  void serverThatNamesNoNetworkIsRefused() throws IOException {
    CloseReason reason =
        dialled("alpha", parameters -> parameters.setApplicationProtocols(new String[0]));
    assertSays(Code.WRONG_NETWORK, "the peer names none", reason);
  }

  @Test
  void connectionThatEndsWithoutAFarewellOfTlsIsLost() throws IOException {
    try (Socket plain = RawTls.connect(id)) {
      RawPeer peer = new RawPeer(RawTls.over(plain, "alpha", parameters -> {}));
      peer.greet(0, 5555);
      peer.readHandshake();
      recorder.awaitConnected();
      plain.shutdownOutput();
      Recorder.assertReason(
          Code.CONNECTION_LOST,
          "it ended without a farewell of TLS",
          recorder.awaitDisconnected(loopback(5555)));
    }
    try (RawPeer peer = join("alpha", 5556)) {
      peer.readHandshake();
      recorder.awaitConnected();
    }
    assertEquals(CloseReason.of(Code.CLOSED_BY_PEER), recorder.awaitDisconnected(loopback(5556)));
  }

  private static NodeId loopback(int port) {
    return NodeId.parse("127.0.0.1:" + port);
  }

  /** As {@code who}, and claims to listen at this port. */
  private RawPeer join(String who, int port) {
    RawPeer peer = new RawPeer(RawTls.dial(id, who));
    peer.greet(0, port);
    return peer;
  }

  @Test
  void idThatAnIdentityHoldsIsNotToBeHadByAnother() {
    try (RawPeer first = join("alpha", 5555)) {
      first.readHandshake();
      recorder.awaitConnected(loopback(5555));
      for (int round = 0; round < 3; round++) {
        try (RawPeer thief = join("gamma", 5555)) {
          thief.awaitClosed();
          Recorder.assertReason(
              Code.WRONG_IDENTITY,
              "127.0.0.1:5555 is the id of a peer with another identity",
              recorder.awaitRefused());
        }
      }
      assertEquals(
          Optional.of(Keys.of("alpha").identity()),
          node.peer(loopback(5555)).orElseThrow().identity());
      // The holder itself comes back, and its silent session goes.
      try (RawPeer again = join("alpha", 5555)) {
        again.stayingAlive();
        first.answersPings(false).awaitClosed();
        assertEquals(
            Optional.of(Keys.of("alpha").identity()),
            node.peer(loopback(5555)).orElseThrow().identity());
      }
    }
  }

  @Test
  void idOfASeedIsOnlyForItsIdentity() {
    Recorder strict = new Recorder();
    try (Manager other =
        Keys.as("delta")
            .apply(Pair.builder(strict))
            .seed(loopback(5556), Keys.of("gamma").identity())
            .start()) {
      try (RawPeer thief = new RawPeer(RawTls.dial(other.listening().orElseThrow(), "alpha"))) {
        thief.greet(0, 5556);
        thief.awaitClosed();
        CloseReason reason =
            Await.next(
                    "a refusal", strict.refused, one -> one.reason().code() == Code.WRONG_IDENTITY)
                .reason();
        assertSays(Code.WRONG_IDENTITY, "identity " + Keys.of("gamma").identity() + " was", reason);
      }
    }
  }

  @Test
  void peerThatTakesNothingIsNoticed() throws IOException {
    try (Socket plain = RawTls.connect(id, 4096)) {
      RawPeer peer = new RawPeer(RawTls.over(plain, "alpha", parameters -> {}));
      peer.greet(0, 5557);
      peer.readHandshake();
      Peer handle = recorder.awaitConnected(loopback(5557));
      byte[] block = new byte[1 << 20];
      while (node.notify(handle, NOTE, ByteBuffer.wrap(block)) == SendResult.QUEUED) {
        // Until the queue is full, too.
      }
      Recorder.assertReason(
          Code.WRITE_STALLED,
          "the peer took no byte for 3000 ms",
          recorder.awaitDisconnected(loopback(5557)));
    }
  }

  /** Sends key updates, each of which asks for one, until it is turned away or has sent so many. */
  private static int askForNewKeys(SSLSocket socket, int most) {
    int asked = 0;
    try {
      for (; asked < most; asked++) {
        socket.startHandshake();
      }
    } catch (IOException closed) {
      // As it should be.
    }
    return asked;
  }

  @Test
  void peerThatAsksForNewKeysAgainAndAgainIsTurnedAway() {
    SSLSocket socket = RawTls.dial(id, "alpha");
    try (RawPeer peer = new RawPeer(socket)) {
      peer.greet(0, 5559);
      peer.readHandshake();
      recorder.awaitConnected(loopback(5559));
      CompletableFuture<Integer> asked =
          CompletableFuture.supplyAsync(() -> askForNewKeys(socket, 1_000_000));
      assertSays(
          Code.TLS_FAILED,
          "has made TLS write more than 128 records of its own",
          recorder.awaitDisconnected(loopback(5559)));
      assertTrue(Await.value(asked) < 1_000_000);
    }
  }

  @Test
  void peerThatAsksForNewKeysNowAndThenStays() {
    SSLSocket socket = RawTls.dial(id, "alpha");
    try (RawPeer peer = new RawPeer(socket)) {
      peer.greet(0, 5560);
      peer.readHandshake();
      Peer handle = recorder.awaitConnected(loopback(5560));
      assertEquals(100, askForNewKeys(socket, 100));
      assertEquals(SendResult.QUEUED, node.notify(handle, NOTE, ByteBuffer.allocate(BLOCK_BYTES)));
      assertEquals(BLOCK_BYTES, peer.next(frame -> frame.command() == 5000).payload().length);
      assertTrue(handle.isConnected());
    }
  }

  @Test
  void peerThatAsksForNewKeysAndTakesNothingIsStalled() throws Exception {
    try (Socket plain = RawTls.connect(id, 4096)) {
      SSLSocket socket = RawTls.over(plain, "alpha", parameters -> {});
      RawPeer peer = new RawPeer(socket);
      peer.greet(0, 5561);
      peer.readHandshake();
      Peer handle = recorder.awaitConnected(loopback(5561));
      byte[] block = new byte[1 << 20];
      while (node.notify(handle, NOTE, ByteBuffer.wrap(block)) == SendResult.QUEUED) {
        // Until the queue is full, too.
      }
      CompletableFuture<CloseReason> end =
          CompletableFuture.supplyAsync(() -> recorder.awaitDisconnected(loopback(5561)));
      int asked = 0;
      for (; asked < 200 && !end.isDone(); asked++) {
        askForNewKeys(socket, 1);
        Thread.sleep(50); // the stall is of real time
      }
      assertTrue(asked < 200, "still open after 10 s");
      assertEquals(Code.WRITE_STALLED, Await.value(end).code());
    }
  }

  @Test
  void peerThatReadsLateGetsEverything() {
    try (RawPeer peer = join("alpha", 5558)) {
      peer.readHandshake();
      Peer handle = recorder.awaitConnected(loopback(5558));
      int sent = 0;
      while (node.notify(handle, NOTE, ByteBuffer.allocate(BLOCK_BYTES)) == SendResult.QUEUED) {
        sent++;
      }
      assertTrue(sent > 30, "the queue was full too soon");
      for (int got = 0; got < sent; got++) {
        assertEquals(BLOCK_BYTES, peer.next(frame -> frame.command() == 5000).payload().length);
      }
      assertTrue(handle.isConnected());
    }
  }
}
