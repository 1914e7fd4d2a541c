package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.Command;
import bdk.p2p.message.NodeType;
import bdk.p2p.message.Verdict;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nodes that trust each other go on under TLS as they do in plaintext. */
@ExtendWith(NoLeaks.class)
@Timeout(60)
class TlsTest {
  private static final Command ECHO = Command.of(4096);

  @Test
  void peersKnowEachOthersIdentity() {
    try (Pair pair = new Pair(Keys.as("alpha"), Keys.as("beta"))) {
      assertEquals(Optional.of(Keys.of("beta").identity()), pair.farPeer.identity());
      assertEquals(Optional.of(Keys.of("alpha").identity()), pair.nearPeer.identity());
    }
  }

  @Test
  void peersHaveNoIdentityInPlaintext() {
    try (Pair pair = new Pair(builder -> builder)) {
      assertEquals(Optional.empty(), pair.farPeer.identity());
      assertThrows(
          IllegalStateException.class,
          () -> pair.near.connect(pair.farId, Keys.of("beta").identity()));
    }
  }

  @Test
  void requestsOfAllSizesAreAnswered() {
    try (Pair pair =
        new Pair(
            Keys.as("alpha"),
            builder ->
                Keys.as("beta")
                    .apply(builder)
                    .onRequest(ECHO, (peer, request) -> request.payload()))) {
      for (int size : List.of(0, 1, 16_384, 16_385, 3_000_000)) {
        byte[] payload = new byte[size];
        new Random(size).nextBytes(payload);
        ByteBuffer answer =
            Await.value(pair.near.request(pair.farPeer, ECHO, ByteBuffer.wrap(payload))).payload();
        assertEquals(ByteBuffer.wrap(payload), answer);
      }
    }
  }

  /** The number, and after it up to a record of bytes that no other number has. */
  private static ByteBuffer load(int number) {
    Random random = new Random(number);
    byte[] bytes = new byte[4 + random.nextInt(random.nextBoolean() ? 100 : 20_000)];
    random.nextBytes(bytes);
    return ByteBuffer.wrap(bytes).putInt(0, number);
  }

  /** One frame goes to all of them, and TLS must not write into it what one of them gets next. */
  @Test
  void frameThatPeersShareStaysWhatItIs() {
    int peers = 4;
    int rounds = 300;
    List<BlockingQueue<ByteBuffer>> heard = new ArrayList<>();
    List<Manager> nodes = new ArrayList<>();
    Recorder recorder = new Recorder();
    try (Manager source = Keys.as("alpha").apply(Pair.builder(recorder)).start()) {
      for (int peer = 0; peer < peers; peer++) {
        BlockingQueue<ByteBuffer> loads = new LinkedBlockingQueue<>();
        heard.add(loads);
        nodes.add(
            Keys.as("beta")
                .apply(Pair.builder(new Recorder()))
                .onBroadcast(
                    Command.BROADCAST_TRANSACTION,
                    (from, broadcast) -> {
                      loads.add(broadcast.payload());
                      return Verdict.KEEP;
                    })
                .start());
        Await.value(source.connect(nodes.get(peer).listening().orElseThrow()));
      }
      for (int number = 0; number < rounds; number++) {
        source.broadcast(Command.BROADCAST_TRANSACTION, load(number));
      }
      for (BlockingQueue<ByteBuffer> loads : heard) {
        for (int number = 0; number < rounds; number++) {
          assertEquals(load(number), Await.next("a broadcast", loads));
        }
      }
    } finally {
      nodes.forEach(Manager::close);
    }
  }

  @Test
  void orderlyEndLosesNothing() {
    Command note = Command.of(5000);
    BlockingQueue<Integer> notes = new LinkedBlockingQueue<>();
    int count = 500;
    try (Pair pair =
        new Pair(
            Keys.as("alpha"),
            builder ->
                Keys.as("beta")
                    .apply(builder)
                    .onNotification(note, (peer, one) -> notes.add(one.payload().getInt())))) {
      for (int number = 0; number < count; number++) {
        pair.near.notify(pair.farPeer, note, Bytes.number(number));
      }
      pair.near.disconnect(pair.farPeer);
      assertEquals(Code.DISCONNECTED, pair.nearRecorder.awaitDisconnected(pair.farId).code());
      assertEquals(
          CloseReason.of(Code.CLOSED_BY_PEER), pair.farRecorder.awaitDisconnected(pair.nearId));
      for (int number = 0; number < count; number++) {
        assertEquals(number, Await.next("a note", notes));
      }
    }
  }

  @Test
  void stoppedNodeClosesInOrder() {
    try (Pair pair = new Pair(Keys.as("alpha"), Keys.as("beta"))) {
      pair.near.close();
      assertEquals(
          CloseReason.of(Code.CLOSED_BY_PEER), pair.farRecorder.awaitDisconnected(pair.nearId));
    }
  }

  @Test
  void pinnedKeyIsTrustedWhoeverVouchesForIt() {
    TlsOptions alone = Keys.keyOf("alone").pin(Keys.of("alpha").identity()).build();
    TlsOptions alpha = Keys.keyOf("alpha").pin(alone.identity()).build();
    try (Pair pair = new Pair(builder -> builder.tls(alpha), builder -> builder.tls(alone))) {
      assertEquals(Optional.of(alone.identity()), pair.farPeer.identity());
    }
  }

  @Test
  void seedWithTheRightIdentityIsConnected() {
    Recorder recorder = new Recorder();
    try (Manager discovery =
            Keys.as("beta").apply(Pair.builder(new Recorder())).type(NodeType.DISCOVERY).start();
        Manager node =
            Keys.as("alpha")
                .apply(Pair.builder(recorder))
                .seed(discovery.listening().orElseThrow(), Keys.of("beta").identity())
                .start()) {
      assertEquals(Optional.of(Keys.of("beta").identity()), recorder.awaitConnected().identity());
      assertEquals(1, node.peers().size());
    }
  }

  @Test
  void ruleAdmitsByWhatItIsShown() {
    BlockingQueue<Candidate> asked = new LinkedBlockingQueue<>();
    try (Pair pair =
        new Pair(
            Keys.as("alpha"),
            builder ->
                Keys.as("beta")
                    .apply(builder)
                    .admission(
                        candidate -> {
                          asked.add(candidate);
                          return Optional.empty();
                        }))) {
      Candidate candidate = Await.next("the question", asked);
      assertEquals(
          new Candidate(
              pair.nearPeer.direction(),
              pair.nearPeer.address(),
              NodeType.NORMAL,
              pair.nearId,
              Optional.of(Keys.of("alpha").identity())),
          candidate);
    }
  }

  @Test
  void ruleRefusesWithItsReason() {
    Recorder recorder = new Recorder();
    AdmissionRule noAlpha =
        candidate ->
            candidate.identity().equals(Optional.of(Keys.of("alpha").identity()))
                ? Optional.of("alpha must stay outside")
                : Optional.empty();
    try (Manager far = Keys.as("beta").apply(Pair.builder(recorder)).admission(noAlpha).start();
        Manager alpha = Keys.as("alpha").apply(Pair.builder(new Recorder())).start();
        Manager gamma = Keys.as("gamma").apply(Pair.builder(new Recorder())).start()) {
      Throwable failure = Await.failure(alpha.connect(far.listening().orElseThrow()));
      assertEquals(
          CloseReason.of(Code.CLOSED_BY_PEER),
          assertInstanceOf(DialException.class, failure).reason());
      Recorder.assertReason(Code.NOT_ADMITTED, "alpha must stay outside", recorder.awaitRefused());
      Await.value(gamma.connect(far.listening().orElseThrow()));
    }
  }

  @Test
  void ruleThatThrowsRefuses() {
    Recorder recorder = new Recorder();
    try (Manager far =
            Pair.builder(recorder)
                .admission(
                    candidate -> {
                      throw new IllegalStateException("no list");
                    })
                .start();
        Manager near = Pair.builder(new Recorder()).start()) {
      Await.failure(near.connect(far.listening().orElseThrow()));
      Recorder.assertReason(
          Code.NOT_ADMITTED,
          "the admission rule has failed: java.lang.IllegalStateException: no list",
          recorder.awaitRefused());
    }
  }

  @Test
  void everyTransportCarriesTls() {
    for (TransportKind kind : List.of(TransportKind.EPOLL, TransportKind.NIO)) {
      ManagerOptions options = Siege.options().transport(kind).build();
      try (Pair pair =
          new Pair(
              builder -> Keys.as("alpha").apply(builder).options(options),
              builder -> Keys.as("beta").apply(builder).options(options))) {
        Await.value(pair.near.ping(pair.farPeer));
        assertEquals(1, Stream.of(pair.far.peers()).flatMap(List::stream).count());
      }
    }
  }
}
