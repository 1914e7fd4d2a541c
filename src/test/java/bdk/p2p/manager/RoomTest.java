package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.Command;
import bdk.p2p.message.MessageType;
import bdk.p2p.message.SendResult;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever is told that a queue is full can wait for room in it. */
@ExtendWith(NoLeaks.class)
class RoomTest {
  private static final Command COMMAND = Command.of(4099);
  private static final ByteBuffer PAYLOAD = Bytes.zeros(100_000);

  /** A node whose queues hold so many messages, and a peer that reads only what it is asked to. */
  private static Siege siege(int outboundMessages) {
    return new Siege(
        options -> options.outboundMessages(outboundMessages).infoInterval(Duration.ofHours(1)));
  }

  private static RawPeer deaf(Siege siege) {
    RawPeer deaf = RawPeer.connect(siege.id, 4096);
    deaf.greet(0, deaf.localPort());
    deaf.readHandshake();
    siege.recorder.awaitConnected(deaf.id());
    return deaf;
  }

  /** Sends until the queue is full; returns how many messages were taken. */
  private static int fill(Siege siege, Peer peer) {
    AtomicInteger taken = new AtomicInteger();
    Await.until(
        "a full queue",
        () -> {
          if (siege.node.notify(peer, COMMAND, PAYLOAD) == SendResult.QUEUED) {
            taken.incrementAndGet();
          }
          return peer.statistics().queuedMessages() == 10;
        });
    return taken.get();
  }

  @Test
  void roomIsThereAtOnceWhileTheQueueIsAtMostHalfFull() {
    try (Siege siege = siege(10);
        RawPeer deaf = deaf(siege)) {
      Peer peer = siege.node.peer(deaf.id()).orElseThrow();
      Await.value(siege.node.room(peer, 100_000));
      fill(siege, peer);
      assertFalse(siege.node.room(peer, 0).toCompletableFuture().isDone());
    }
  }

  @Test
  void whoWaitsIsToldWhenHalfHasBeenRead() {
    try (Siege siege = siege(10);
        RawPeer deaf = deaf(siege)) {
      Peer peer = siege.node.peer(deaf.id()).orElseThrow();
      int sent = fill(siege, peer);
      AtomicInteger queued = new AtomicInteger(-1);
      CompletionStage<Void> told =
          siege
              .node
              .room(peer, PAYLOAD.remaining())
              .thenRun(() -> queued.set(peer.statistics().queuedMessages()));
      for (int read = 0; read < sent && !told.toCompletableFuture().isDone(); read++) {
        deaf.next(MessageType.NOTIFICATION, COMMAND);
      }
      Await.value(told);
      assertTrue(queued.get() <= 5, queued + " messages wait");
      assertEquals(SendResult.QUEUED, siege.node.notify(peer, COMMAND, PAYLOAD));
    }
  }

  @Test
  void aMessageThatFitsOnlyAnEmptyQueueWaitsForThat() {
    try (Siege siege =
            new Siege(
                options -> options.outboundBytes(1_000_000).infoInterval(Duration.ofHours(1)));
        RawPeer deaf = deaf(siege)) {
      Peer peer = siege.node.peer(deaf.id()).orElseThrow();
      int sent = 0;
      while (siege.node.notify(peer, COMMAND, PAYLOAD) == SendResult.QUEUED) {
        sent++;
      }
      CompletionStage<Void> small = siege.node.room(peer, 0);
      CompletionStage<Void> large = siege.node.room(peer, 2_000_000);
      // Whatever the kernel still takes: a queue with a message in it has no room for the large
      // one.
      for (int read = 0; read < sent && !small.toCompletableFuture().isDone(); read++) {
        deaf.next(MessageType.NOTIFICATION, COMMAND);
      }
      Await.value(small);
      deaf.stayingAlive();
      Await.value(large);
      assertEquals(0, peer.statistics().queuedMessages());
      assertEquals(SendResult.QUEUED, siege.node.notify(peer, COMMAND, Bytes.zeros(2_000_000)));
    }
  }

  @Test
  void whoWaitsForAPeerThatGoesIsToldAndThenHearsSo() {
    try (Siege siege = siege(10)) {
      Peer peer;
      List<CompletionStage<Void>> rooms = new ArrayList<>();
      try (RawPeer deaf = deaf(siege)) {
        peer = siege.node.peer(deaf.id()).orElseThrow();
        fill(siege, peer);
        for (int count = 0; count < 20; count++) {
          rooms.add(siege.node.room(peer, 0));
        }
      }
      rooms.forEach(Await::value);
      assertEquals(SendResult.PEER_GONE, siege.node.notify(peer, COMMAND, PAYLOAD));
      assertTrue(siege.node.room(peer, 0).toCompletableFuture().isDone());
    }
  }

  @Test
  void whoWaitsWhenTheNodeStopsIsTold() {
    CompletionStage<Void> room;
    Siege siege = siege(10);
    try (RawPeer deaf = deaf(siege)) {
      Peer peer = siege.node.peer(deaf.id()).orElseThrow();
      fill(siege, peer);
      room = siege.node.room(peer, 0);
      siege.close();
    }
    Await.value(room);
  }

  @Test
  void lengthThatNoPayloadHasIsRefused() {
    try (Siege siege = siege(10)) {
      Peer honest = siege.node.peer(siege.honestId()).orElseThrow();
      for (int bytes : new int[] {-1, 134_217_718}) {
        assertEquals(
            "a payload of " + bytes + " bytes is not within 0 to 134217717",
            assertThrows(IllegalArgumentException.class, () -> siege.node.room(honest, bytes))
                .getMessage());
      }
    }
  }

  /** Each thread waits only for room; if one were forgotten it would wait for ever. */
  @Test
  void manyThreadsThatWaitInsteadOfAskingSendEverything() {
    int threads = 16;
    int each = 2_000;
    AtomicInteger arrived = new AtomicInteger();
    try (Pair pair =
        new Pair(
            near -> near.options(Siege.options().outboundMessages(20).build()),
            far -> far.onNotification(COMMAND, (peer, one) -> arrived.incrementAndGet()))) {
      List<CompletableFuture<Void>> senders = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        senders.add(CompletableFuture.runAsync(() -> send(pair, each), r -> new Thread(r).start()));
      }
      senders.forEach(Await::value);
      Await.until("all of them", () -> arrived.get() == threads * each);
    }
  }

  private static void send(Pair pair, int count) {
    for (int sent = 0; sent < count; ) {
      if (pair.near.notify(pair.farPeer, COMMAND, Bytes.of(1)) == SendResult.QUEUED) {
        sent++;
      } else {
        Await.value(pair.near.room(pair.farPeer, 1));
      }
    }
  }
}
