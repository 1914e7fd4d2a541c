package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import bdk.p2p.environment.SystemEnvironment;
import bdk.p2p.environment.Transport;
import bdk.p2p.message.Answer;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.Command;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.RequestOutcome;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Handlers and listeners may wait for what their own node promises, all of them at a time. */
@ExtendWith(NoLeaks.class)
@Timeout(60)
class BlockingHandlersTest {
  private static final Command ASK = Command.of(5000);
  private static final int PEERS = 4;

  private static Manager start(ManagerBuilder builder) {
    return builder.listen("127.0.0.1", 0).start();
  }

  private static ManagerOptions twoWorkers() {
    return Siege.options().workerThreads(2).build();
  }

  private static NodeId id(Manager node) {
    return node.listening().orElseThrow();
  }

  /**
   * As many peers ask as there are workers twice over; each handler asks a third node, when all are
   * there, and waits for this.
   */
  private static void allAreAnswered(
      Function<CompletionStage<Answer>, CompletableFuture<ByteBuffer>> waitsFor) {
    CountDownLatch all = new CountDownLatch(2);
    AtomicReference<Peer> backend = new AtomicReference<>();
    AtomicReference<Manager> self = new AtomicReference<>();
    List<Manager> nodes = new ArrayList<>();
    try (Manager third =
            start(Manager.builder().onRequest(ASK, (peer, request) -> request.payload()));
        Manager middle =
            start(
                Manager.builder()
                    .options(twoWorkers())
                    .onRequest(
                        ASK,
                        (peer, request) -> {
                          all.countDown();
                          Latches.await(all);
                          CompletionStage<Answer> answer =
                              self.get().request(backend.get(), ASK, request.payload());
                          return waitsFor.apply(answer).join();
                        }))) {
      self.set(middle);
      backend.set(Await.value(middle.connect(id(third))));
      List<CompletionStage<Answer>> answers = new ArrayList<>();
      for (int number = 0; number < PEERS; number++) {
        Manager node = start(Manager.builder());
        nodes.add(node);
        Peer peer = Await.value(node.connect(id(middle)));
        answers.add(node.request(peer, ASK, ByteBuffer.allocate(number), Duration.ofSeconds(30)));
      }
      for (int number = 0; number < PEERS; number++) {
        assertEquals(number, Await.value(answers.get(number)).payloadBytes());
      }
    } finally {
      nodes.forEach(Manager::close);
    }
  }

  @Test
  void handlersOfAllWorkersMayJoinRequests() {
    allAreAnswered(answer -> answer.toCompletableFuture().thenApply(Answer::payload));
  }

  @Test
  void handlersOfAllWorkersMayJoinWhatIsDerivedFromRequests() {
    allAreAnswered(
        answer ->
            answer
                .toCompletableFuture()
                .thenApplyAsync(Answer::payload)
                .thenCompose(payload -> CompletableFuture.completedFuture(payload))
                .thenApplyAsync(payload -> payload));
  }

  @Test
  void requestThatAHandlerWaitsForTimesOut() {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    AtomicReference<Manager> self = new AtomicReference<>();
    CompletableFuture<ByteBuffer> never = new CompletableFuture<>();
    try (Manager far = start(Manager.builder().onRequestAsync(ASK, (peer, request) -> never));
        Manager near =
            start(
                Manager.builder()
                    .options(Siege.options().workerThreads(1).build())
                    .onNotification(
                        ASK,
                        (peer, message) -> {
                          try {
                            self.get()
                                .request(peer, ASK, message.payload(), Duration.ofMillis(50))
                                .toCompletableFuture()
                                .join();
                          } catch (RuntimeException thrown) {
                            failure.complete(thrown.getCause());
                          }
                        }))) {
      self.set(near);
      Peer peer = Await.value(far.connect(id(near)));
      far.notify(peer, ASK, ByteBuffer.allocate(1));
      RequestException thrown = assertInstanceOf(RequestException.class, Await.value(failure));
      assertEquals(RequestOutcome.TIMED_OUT, thrown.outcome());
      never.complete(ByteBuffer.allocate(0));
    }
  }

  @Test
  void listenerMayWaitForADial() {
    CompletableFuture<Peer> dialled = new CompletableFuture<>();
    AtomicReference<Manager> self = new AtomicReference<>();
    AtomicReference<NodeId> other = new AtomicReference<>();
    try (Manager third = start(Manager.builder());
        Manager second = start(Manager.builder());
        Manager first =
            start(
                Manager.builder()
                    .options(Siege.options().workerThreads(1).build())
                    .listener(
                        new NodeListener() {
                          @Override
                          public void connected(Peer peer) {
                            if (!peer.id().equals(other.get())) {
                              dialled.complete(
                                  self.get().connect(other.get()).toCompletableFuture().join());
                            }
                          }
                        }))) {
      self.set(first);
      other.set(id(third));
      Await.value(first.connect(id(second)));
      assertEquals(id(third), Await.value(dialled).id());
    }
  }

  /** As a dependent of the stage sees it, not wrapped. */
  private static Throwable seen(CompletionStage<?> stage) {
    CompletableFuture<Throwable> seen = new CompletableFuture<>();
    stage.whenComplete((value, failure) -> seen.complete(failure));
    return Await.value(seen);
  }

  @Test
  void whateverTheNextStepThrowsIsTheFailure() {
    AssertionError thrown = new AssertionError("on purpose");
    CompletionStage<Void> next =
        WorkerFuture.of(
            new SystemEnvironment("nobody", Transport.NIO, 1, 1),
            CompletableFuture.completedFuture(1),
            one -> {
              throw thrown;
            });
    assertSame(thrown, seen(next));
  }

  @Test
  void failureOfADialThatFollowsADisconnectIsWhatItIsSaidToBe() {
    try (Manager node = start(Manager.builder())) {
      RawListener listener = new RawListener();
      CompletableFuture<Peer> dialled = node.connect(listener.id()).toCompletableFuture();
      try (RawPeer raw = listener.accept(0)) {
        Peer peer = Await.value(dialled);
        listener.close();
        node.disconnect(peer);
        CompletionStage<Peer> anew = node.connect(listener.id());
        raw.awaitClosed();
        assertInstanceOf(DialException.class, seen(anew));
      }
    }
  }

  @Test
  void failuresAreWhatTheyAreSaidToBe() {
    Manager far = start(Manager.builder());
    try (Manager near = start(Manager.builder())) {
      Peer peer = Await.value(near.connect(id(far)));
      NodeId gone = id(far);
      far.close();
      assertInstanceOf(RequestException.class, seen(near.ping(peer)));
      assertInstanceOf(RequestException.class, seen(near.requestNodes(peer)));
      assertInstanceOf(RequestException.class, seen(near.requestInfo(peer)));
      DialException refused = assertInstanceOf(DialException.class, seen(near.connect(gone)));
      assertEquals(CloseReason.Code.CONNECT_FAILED, refused.reason().code());
    }
  }
}
