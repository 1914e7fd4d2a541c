package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.Command;
import bdk.p2p.message.NodeType;
import bdk.p2p.message.RequestOutcome;
import bdk.p2p.message.SendResult;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What callers may rely on, beyond the single calls. */
@ExtendWith(NoLeaks.class)
@Timeout(60)
class ManagerContractTest {
  private static final Command NOTE = Command.of(5000);

  @Test
  void notifyAllTellsTheOutcomeForEachNormalPeer() {
    BlockingQueue<Integer> notes = new LinkedBlockingQueue<>();
    try (Pair pair =
        new Pair(
            builder ->
                builder.onNotification(NOTE, (peer, note) -> notes.add(note.payload().getInt())))) {
      BroadcastResult result = pair.near.notifyAll(NOTE, Bytes.number(7));
      assertEquals(Map.of(pair.farId, SendResult.QUEUED), result.peers());
      assertEquals(7, Await.next("the note", notes));
    }
  }

  @Test
  void handleOfAnotherManagerIsRefused() {
    try (Pair pair = new Pair(builder -> builder);
        Manager stranger = Manager.builder().start()) {
      assertThrows(IllegalArgumentException.class, () -> stranger.ping(pair.farPeer));
      assertThrows(
          IllegalArgumentException.class,
          () -> stranger.notify(pair.farPeer, NOTE, Bytes.number(1)));
    }
  }

  @Test
  void callersOfOneDialCancelOnlyTheirOwnStage() {
    try (RawListener listener = new RawListener();
        Manager node = Pair.builder(new Recorder()).start()) {
      CompletableFuture<Peer> one = node.connect(listener.id()).toCompletableFuture();
      CompletableFuture<Peer> two = node.connect(listener.id()).toCompletableFuture();
      assertTrue(one.cancel(false));
      try (RawPeer peer = listener.accept(0)) {
        assertEquals(peer.localPort(), Await.value(two).id().port());
      }
    }
  }

  @Test
  void discoveryNodeSendsNoNotifications() {
    try (Pair pair = new Pair(builder -> builder.type(NodeType.DISCOVERY), builder -> builder)) {
      assertThrows(
          IllegalStateException.class, () -> pair.near.notify(pair.farPeer, NOTE, Bytes.number(1)));
    }
  }

  @Test
  void requestSettlesThoughAHandlerOutlastsTheStopTimeout() {
    CountDownLatch never = new CountDownLatch(1);
    ManagerOptions options =
        Siege.options().workerThreads(1).stopTimeout(Duration.ofMillis(400)).build();
    Pair pair =
        new Pair(
            builder -> builder.options(options).onNotification(NOTE, (peer, note) -> hog(never)),
            builder -> builder);
    CompletableFuture<RequestOutcome> outcome =
        pair.near
            .request(pair.farPeer, Command.of(4097), Bytes.number(1))
            .handle((answer, failure) -> ((RequestException) failure).outcome())
            .toCompletableFuture();
    pair.far.notify(pair.nearPeer, NOTE, Bytes.number(1));
    Await.until("a busy worker", () -> pair.farPeer.statistics().heldMessages() > 0);
    assertFalse(outcome.isDone());
    pair.near.close();
    assertEquals(RequestOutcome.MANAGER_CLOSED, Await.value(outcome));
    never.countDown();
    pair.far.close();
  }

  /** Does not return, whatever anybody says. */
  private static void hog(CountDownLatch latch) {
    boolean released = false;
    while (!released) {
      try {
        latch.await();
        released = true;
      } catch (InterruptedException goOn) {
        // A handler that takes no hint.
      }
    }
  }
}
