package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.Command;
import bdk.p2p.message.RequestOutcome;
import bdk.p2p.message.SendResult;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Peers that send more than they take. */
@ExtendWith(NoLeaks.class)
class FloodTest {
  private static final int INBOX = 64;

  @Test
  void flooderThatNeverReadsTheAnswersIsNotReadAndThenClosed() {
    Duration stall = Duration.ofMillis(500);
    try (Siege siege = new Siege(options -> options.inboxMessages(INBOX).writeStallTimeout(stall));
        RawPeer flooder = RawPeer.connect(siege.id, 4096)) {
      flooder.greet(0, flooder.localPort());
      Peer peer = siege.recorder.awaitConnected(flooder.id());
      AtomicInteger mostHeld = new AtomicInteger();
      Thread watch = watch(peer, mostHeld);
      byte[] request = RawPeer.frame(RawPeer.REQUEST, 1, 4096, new byte[8192]);
      int sent = 0;
      while (flooder.trySend(request)) {
        sent++;
        siege.assertHonestPeerIsServed();
      }
      Recorder.assertReason(
          Code.WRITE_STALLED,
          "the peer took no byte for 500 ms",
          siege.recorder.awaitDisconnected(flooder.id()));
      Await.until("the end of the watch", () -> !watch.isAlive());
      assertTrue(mostHeld.get() <= INBOX, mostHeld + " messages held");
      assertTrue(sent < 100_000, sent + " requests taken");
    }
  }

  private static Thread watch(Peer peer, AtomicInteger mostHeld) {
    Thread watch =
        new Thread(
            () -> {
              while (peer.isConnected()) {
                mostHeld.accumulateAndGet(peer.statistics().heldMessages(), Math::max);
              }
            });
    watch.start();
    return watch;
  }

  @Test
  void pingFlooderThatNeverReadsIsClosed() {
    Duration stall = Duration.ofMillis(500);
    try (Siege siege = new Siege(options -> options.inboxMessages(INBOX).writeStallTimeout(stall));
        RawPeer flooder = RawPeer.connect(siege.id, 4096)) {
      flooder.greet(0, flooder.localPort());
      byte[] pings = new byte[19 * 1000];
      for (int count = 0; count < 1000; count++) {
        System.arraycopy(RawPeer.frame(RawPeer.REQUEST, count, 0), 0, pings, 19 * count, 19);
      }
      while (flooder.trySend(pings)) {
        siege.assertHonestPeerIsServed();
      }
      assertEquals(Code.WRITE_STALLED, siege.recorder.awaitDisconnected(flooder.id()).code());
    }
  }

  @Test
  void fullInboxStopsReadingFromThatPeerOnly() {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger handled = new AtomicInteger();
    Command slow = Command.of(5000);
    try (Siege siege = blocking(slow, release, handled, options -> options.inboxMessages(INBOX));
        RawPeer pusher = siege.intruder()) {
      Peer peer = siege.node.peer(pusher.id()).orElseThrow();
      for (int count = 0; count < 1000; count++) {
        pusher.send(RawPeer.frame(RawPeer.NOTIFICATION, count, slow.code()));
      }
      Await.until("a full inbox", () -> peer.statistics().heldMessages() == INBOX);
      siege.assertHonestPeerIsServed();
      assertEquals(INBOX, peer.statistics().heldMessages());
      release.countDown();
      Await.until("all handled", () -> handled.get() == 1000);
      Await.until("nothing held", () -> peer.statistics().heldMessages() == 0);
    }
  }

  @Test
  void largePayloadsFillAnInboxByTheirBytes() {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger handled = new AtomicInteger();
    Command slow = Command.of(5000);
    try (Siege siege = blocking(slow, release, handled, options -> options.inboxBytes(100_000));
        RawPeer pusher = siege.intruder()) {
      Peer peer = siege.node.peer(pusher.id()).orElseThrow();
      byte[] large = RawPeer.frame(RawPeer.NOTIFICATION, 1, slow.code(), new byte[30_000]);
      for (int count = 0; count < 8; count++) {
        pusher.send(large);
      }
      Await.until("a full inbox", () -> peer.statistics().heldMessages() == 4);
      siege.assertHonestPeerIsServed();
      assertEquals(4, peer.statistics().heldMessages());
      assertEquals(120_000, peer.statistics().heldBytes());
      release.countDown();
      Await.until("all handled", () -> handled.get() == 8);
    }
  }

  private static Siege blocking(
      Command command,
      CountDownLatch release,
      AtomicInteger handled,
      UnaryOperator<ManagerOptions.Builder> options) {
    return new Siege(
        options.apply(Siege.options()).build(),
        builder ->
            builder.onNotification(
                command,
                (peer, notification) -> {
                  Latches.await(release);
                  handled.incrementAndGet();
                }));
  }

  @Test
  void twoNodesThatFloodEachOtherNeverHang() {
    UnaryOperator<ManagerBuilder> echo =
        builder -> builder.onRequest(Siege.ECHO, (peer, request) -> request.payload());
    ManagerOptions options =
        Siege.options()
            .inboxMessages(8)
            .writeStallTimeout(Duration.ofMillis(500))
            .requestTimeout(Duration.ofSeconds(3))
            .build();
    Recorder recorder = new Recorder();
    try (Manager one =
            echo.apply(Manager.builder().listen("127.0.0.1", 0).options(options))
                .listener(recorder)
                .start();
        Manager two =
            echo.apply(Manager.builder().listen("127.0.0.1", 0).options(options)).start()) {
      Peer twoSeenByOne = Await.value(one.connect(two.listening().orElseThrow()));
      Await.until("the other side", () -> two.peers().size() == 1);
      Peer oneSeenByTwo = two.peers().get(0);
      List<CompletionStage<?>> all = new ArrayList<>();
      ByteBuffer payload = Bytes.zeros(100_000);
      for (int count = 0; count < 200; count++) {
        all.add(one.request(twoSeenByOne, Siege.ECHO, payload));
        all.add(two.request(oneSeenByTwo, Siege.ECHO, payload));
      }
      for (CompletionStage<?> request : all) {
        Await.value(request.handle((answer, failure) -> true));
      }
      Recorder.Closed closed = recorder.disconnected.poll();
      assertTrue(
          closed == null || STALL_CODES.contains(closed.reason().code()), String.valueOf(closed));
      assertEveryRequestIsCounted(one, 200);
      assertEveryRequestIsCounted(two, 200);
    }
  }

  private static final List<CloseReason.Code> STALL_CODES =
      List.of(Code.WRITE_STALLED, Code.CLOSED_BY_PEER, Code.CONNECTION_LOST);

  private static void assertEveryRequestIsCounted(Manager node, long count) {
    // The core's own pings and node requests are not among them, or answered.
    long sum = node.statistics().requests().values().stream().mapToLong(Long::longValue).sum();
    assertTrue(sum >= count, node.statistics().requests().toString());
  }

  @Test
  void broadcastToAPeerThatDoesNotReadFillsItsQueueOnly() {
    try (Siege siege = new Siege(options -> options.outboundMessages(10));
        RawPeer deaf = RawPeer.connect(siege.id, 4096)) {
      deaf.greet(0, deaf.localPort());
      Peer peer = siege.recorder.awaitConnected(deaf.id());
      ByteBuffer payload = Bytes.zeros(100_000);
      List<SendResult> results = new ArrayList<>();
      Await.until(
          "a full queue",
          () -> {
            results.add(siege.node.notify(peer, Command.of(4099), payload));
            return results.get(results.size() - 1) == SendResult.QUEUE_FULL;
          });
      assertTrue(peer.statistics().queuedMessages() <= 10);
      CompletableFuture<?> refused =
          siege.node.request(peer, Siege.ECHO, payload).toCompletableFuture();
      RequestException failure = (RequestException) Await.failure(refused);
      assertEquals(RequestOutcome.REFUSED, failure.outcome());
    }
  }
}
