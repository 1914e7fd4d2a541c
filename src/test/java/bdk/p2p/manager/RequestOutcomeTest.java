package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.Answer;
import bdk.p2p.message.Command;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.MessageType;
import bdk.p2p.message.RequestOutcome;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every request ends once, in one of six ways, on a worker. */
@ExtendWith(NoLeaks.class)
class RequestOutcomeTest {
  private static final Duration SHORT = Duration.ofMillis(1200);
  private static final Command ASK = Command.of(4096);
  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

  private final Recorder recorder = new Recorder();

  private Manager node(ManagerOptions.Builder options) {
    return Manager.builder()
        .listen("127.0.0.1", 0)
        .options(options.build())
        .listener(recorder)
        .start();
  }

  /** Counts how often and where a stage completes; nobody may wait for the stage meanwhile. */
  private static final class Ends {
    final List<String> threads = new ArrayList<>();

    synchronized Ends watch(CompletionStage<?> stage) {
      stage.whenComplete((value, failure) -> add());
      return this;
    }

    private synchronized void add() {
      threads.add(Thread.currentThread().getName());
    }

    synchronized int count() {
      return threads.size();
    }
  }

  private static void assertOutcome(RequestOutcome expected, CompletionStage<?> request) {
    RequestException failure = assertInstance(Await.failure(request));
    assertEquals(expected, failure.outcome());
  }

  private static RequestException assertInstance(Throwable failure) {
    if (failure instanceof RequestException exception) {
      return exception;
    }
    throw new AssertionError(failure);
  }

  private void assertCounted(Manager node, RequestOutcome outcome, long count) {
    assertEquals(count, node.statistics().requests().get(outcome));
  }

  @Test
  void answeredOnceOnAWorker() {
    try (Manager node = node(Siege.options());
        RawPeer raw = RawPeer.join(node.listening().orElseThrow())) {
      CompletionStage<Answer> asked = node.request(recorder.awaitConnected(), ASK, Bytes.of(1, 2));
      Ends ends = new Ends().watch(asked);
      RawPeer.Frame request = raw.next(MessageType.REQUEST, ASK);
      raw.send(RawPeer.frame(RawPeer.ANSWER, request.id(), 4096, (byte) 3));
      Await.until("the end", () -> ends.count() == 1);
      assertEquals(Bytes.of(3), Await.value(asked).payload());
      assertTrue(ends.threads.get(0).contains("-worker"), ends.threads.toString());
      assertCounted(node, RequestOutcome.ANSWERED, 1);
    }
  }

  @Test
  void timedOutOnceAndTheLateAnswerIsDropped() {
    try (Manager node = node(Siege.options());
        RawPeer raw = RawPeer.join(node.listening().orElseThrow())) {
      long start = System.nanoTime();
      Peer peer = recorder.awaitConnected();
      CompletionStage<Answer> asked = node.request(peer, ASK, EMPTY, SHORT);
      Ends ends = new Ends().watch(asked);
      assertTrue(peer.statistics().pendingRequests() >= 1);
      long id = raw.next(MessageType.REQUEST, ASK).id();
      Await.until("the end", () -> ends.count() == 1);
      assertTrue(System.nanoTime() - start >= SHORT.toNanos());
      assertOutcome(RequestOutcome.TIMED_OUT, asked);
      raw.send(RawPeer.frame(RawPeer.ANSWER, id, 4096));
      recorder.awaitDropped(DropReason.UNMATCHED_ANSWER);
      assertEquals(1, ends.count());
      assertTrue(ends.threads.get(0).contains("-worker"), ends.threads.toString());
      assertCounted(node, RequestOutcome.TIMED_OUT, 1);
      assertEquals(1, node.statistics().drops().get(DropReason.UNMATCHED_ANSWER));
    }
  }

  @Test
  void timedOutWhileQueuedToAPeerThatDoesNotRead() {
    try (Manager node = node(Siege.options());
        RawPeer deaf = RawPeer.connect(node.listening().orElseThrow(), 4096)) {
      deaf.greet(0, deaf.localPort());
      Peer peer = recorder.awaitConnected();
      List<CompletionStage<Answer>> all = new ArrayList<>();
      for (int count = 0; count < 100; count++) {
        all.add(node.request(peer, ASK, Bytes.zeros(40_000), SHORT));
      }
      for (CompletionStage<Answer> asked : all) {
        assertOutcome(RequestOutcome.TIMED_OUT, asked);
      }
      assertTrue(peer.statistics().queuedMessages() > 0);
      assertTrue(peer.statistics().queuedBytes() > 40_000);
      assertCounted(node, RequestOutcome.TIMED_OUT, 100);
    }
  }

  @Test
  void cancelledOnceAndItsPlaceIsFreeAgain() {
    try (Manager node = node(Siege.options().pendingRequests(1));
        RawPeer raw = RawPeer.join(node.listening().orElseThrow())) {
      Peer peer = recorder.awaitConnected();
      CompletableFuture<Answer> asked = node.request(peer, ASK, EMPTY).toCompletableFuture();
      raw.next(MessageType.REQUEST, ASK);
      assertOutcome(RequestOutcome.REFUSED, node.request(peer, ASK, EMPTY));
      assertTrue(asked.cancel(false));
      assertTrue(asked.isCancelled());
      assertTrue(asked.cancel(true));
      Await.until("room for another", () -> isTaken(node, peer));
      assertCounted(node, RequestOutcome.CANCELLED, 1);
    }
  }

  /** Refused requests end at once; one that was taken stays open. */
  private static boolean isTaken(Manager node, Peer peer) {
    return !Await.value(
        node.request(peer, ASK, EMPTY, SHORT)
            .handle(
                (answer, failure) -> assertInstance(failure).outcome() == RequestOutcome.REFUSED));
  }

  @Test
  void answerToACancelledRequestIsDropped() {
    try (Manager node = node(Siege.options());
        RawPeer raw = RawPeer.join(node.listening().orElseThrow())) {
      CompletableFuture<Answer> asked =
          node.request(recorder.awaitConnected(), ASK, EMPTY).toCompletableFuture();
      long id = raw.next(MessageType.REQUEST, ASK).id();
      asked.cancel(false);
      raw.send(RawPeer.frame(RawPeer.ANSWER, id, 4096));
      recorder.awaitDropped(DropReason.UNMATCHED_ANSWER);
    }
  }

  @Test
  void openAndQueuedRequestsEndWhenThePeerGoes() {
    try (Manager node = node(Siege.options());
        RawPeer deaf = RawPeer.connect(node.listening().orElseThrow(), 4096)) {
      deaf.greet(0, deaf.localPort());
      Peer peer = recorder.awaitConnected();
      List<CompletionStage<Answer>> all = new ArrayList<>();
      for (int count = 0; count < 50; count++) {
        all.add(node.request(peer, ASK, Bytes.zeros(40_000)));
      }
      Ends ends = new Ends();
      all.forEach(ends::watch);
      deaf.reset();
      for (CompletionStage<Answer> asked : all) {
        assertOutcome(RequestOutcome.PEER_GONE, asked);
      }
      assertOutcome(RequestOutcome.PEER_GONE, node.request(peer, ASK, EMPTY));
      Await.until("all ends", () -> ends.count() == 50);
      assertCounted(node, RequestOutcome.PEER_GONE, 51);
    }
  }

  @Test
  void openRequestsEndWhenTheManagerCloses() {
    Manager node = node(Siege.options());
    try (RawPeer raw = RawPeer.join(node.listening().orElseThrow()).stayingAlive()) {
      Peer peer = recorder.awaitConnected(raw.id());
      CompletionStage<Answer> asked = node.request(peer, ASK, EMPTY);
      node.close();
      assertOutcome(RequestOutcome.MANAGER_CLOSED, asked);
      assertOutcome(RequestOutcome.MANAGER_CLOSED, node.request(peer, ASK, EMPTY));
    }
  }

  @Test
  void requestsThatCannotBeSentAreRefused() {
    try (Manager node = node(Siege.options().pendingRequests(3));
        RawPeer raw = RawPeer.join(node.listening().orElseThrow())) {
      Peer peer = recorder.awaitConnected(raw.id());
      List<CompletionStage<Answer>> all = new ArrayList<>();
      for (int count = 0; count < 5; count++) {
        all.add(node.request(peer, ASK, EMPTY));
      }
      assertOutcome(RequestOutcome.REFUSED, all.get(3));
      assertOutcome(RequestOutcome.REFUSED, all.get(4));
      all.subList(0, 3).forEach(asked -> assertFalse(asked.toCompletableFuture().isDone()));
    }
  }

  @Test
  void payloadThatTheCommandDoesNotTakeThrowsAtOnce() {
    try (Manager node = node(Siege.options());
        RawPeer raw = RawPeer.join(node.listening().orElseThrow())) {
      Peer peer = recorder.awaitConnected(raw.id());
      assertThrows(
          IllegalArgumentException.class, () -> node.request(peer, Command.PING, Bytes.of(1)));
      assertThrows(
          IllegalArgumentException.class,
          () -> node.request(peer, Command.BROADCAST_BLOCK, Bytes.of(1)));
    }
  }
}
