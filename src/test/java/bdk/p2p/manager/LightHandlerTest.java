package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.Command;
import bdk.p2p.message.MessageType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Light handlers run on the event loop, and otherwise like all others. */
@ExtendWith(NoLeaks.class)
class LightHandlerTest {
  private static final Command LIGHT = Command.of(5000);
  private static final Command HEAVY = Command.of(5001);
  private static final CommandOptions OPTIONS = CommandOptions.defaults().withLightHandlers();

  private static Siege siege(UnaryOperator<ManagerBuilder> handlers) {
    return new Siege(
        Siege.options().build(), builder -> handlers.apply(builder.command(LIGHT, OPTIONS)));
  }

  private static boolean isOnEventLoop() {
    return Thread.currentThread().getName().contains("-io-");
  }

  @Test
  void requestsAreAnsweredOnTheEventLoop() {
    List<Boolean> onLoop = new CopyOnWriteArrayList<>();
    try (Siege siege =
            siege(
                builder ->
                    builder.onRequest(
                        LIGHT,
                        (peer, request) -> {
                          onLoop.add(isOnEventLoop());
                          return request.payload();
                        }));
        RawPeer raw = siege.intruder()) {
      for (int id = 1; id <= 100; id++) {
        raw.send(RawPeer.frame(RawPeer.REQUEST, id, LIGHT.code(), (byte) id));
        assertEquals(id, raw.next(MessageType.ANSWER, LIGHT).id());
      }
    }
    assertEquals(100, onLoop.size());
    assertTrue(onLoop.get(99), "it began on " + onLoop);
  }

  @Test
  void orderIsKeptAmongLightAndOtherMessages() throws InterruptedException {
    List<Integer> handled = new CopyOnWriteArrayList<>();
    CountDownLatch goOn = new CountDownLatch(1);
    try (Siege siege =
            siege(
                builder ->
                    builder
                        .onNotification(LIGHT, (peer, one) -> handled.add(one.payload().getInt()))
                        .onNotification(
                            HEAVY,
                            (peer, one) -> {
                              awaitQuietly(goOn);
                              handled.add(one.payload().getInt());
                            }));
        RawPeer raw = siege.intruder()) {
      for (int number = 0; number < 300; number++) {
        int code = number % 7 == 3 ? HEAVY.code() : LIGHT.code();
        raw.send(RawPeer.frame(RawPeer.NOTIFICATION, number, code, Bytes.number(number).array()));
      }
      Await.until("those before the first heavy one", () -> handled.size() == 3);
      siege.assertHonestPeerIsServed();
      assertEquals(3, handled.size(), "light ones wait behind a heavy one of their peer");
      goOn.countDown();
      Await.until("all", () -> handled.size() == 300);
    }
    assertEquals(IntStream.range(0, 300).boxed().toList(), handled);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertTrue(latch.await(20, TimeUnit.SECONDS));
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatThrowsHarmsNobody() {
    try (Siege siege =
            siege(
                builder ->
                    builder.onRequest(
                        LIGHT,
                        (peer, request) -> {
                          if (request.payload().get(0) == 1) {
                            throw new IllegalStateException("on purpose");
                          }
                          return request.payload();
                        }));
        RawPeer raw = siege.intruder()) {
      raw.send(RawPeer.frame(RawPeer.REQUEST, 1, LIGHT.code(), (byte) 1));
      raw.send(RawPeer.frame(RawPeer.REQUEST, 2, LIGHT.code(), (byte) 2));
      assertEquals(2, raw.next(MessageType.ANSWER, LIGHT).id());
    }
  }

  @Test
  void laterResultsAreAnsweredToo() {
    BlockingQueue<CompletableFuture<ByteBuffer>> open = new LinkedBlockingQueue<>();
    try (Siege siege =
            siege(
                builder ->
                    builder.onRequestAsync(
                        LIGHT,
                        (peer, request) -> {
                          CompletableFuture<ByteBuffer> answer = new CompletableFuture<>();
                          open.add(answer);
                          return answer;
                        }));
        RawPeer raw = siege.intruder()) {
      raw.send(RawPeer.frame(RawPeer.REQUEST, 1, LIGHT.code()));
      Await.next("request", open).complete(Bytes.of(1));
      assertEquals(1, raw.next(MessageType.ANSWER, LIGHT).id());
    }
  }

  @Test
  void futuresOfRequestsCompleteOnTheEventLoopAndMayNotBlockIt() {
    // The answer waits: a dependent added to a future that has completed would run right here.
    CompletableFuture<ByteBuffer> answered = new CompletableFuture<>();
    try (Manager server =
            Manager.builder()
                .options(Siege.options().build())
                .listen("127.0.0.1", 0)
                .onRequestAsync(LIGHT, (peer, request) -> answered)
                .onRequest(HEAVY, (peer, request) -> request.payload())
                .start();
        Manager client =
            Manager.builder().options(Siege.options().build()).command(LIGHT, OPTIONS).start()) {
      Peer peer = Await.value(client.connect(server.listening().orElseThrow()));
      CompletableFuture<Throwable> refused = new CompletableFuture<>();
      CompletableFuture<Throwable> notClosed = new CompletableFuture<>();
      CompletableFuture<Boolean> light = new CompletableFuture<>();
      CompletableFuture<Boolean> heavy = new CompletableFuture<>();
      client
          .request(peer, LIGHT, Bytes.of(1))
          .thenAccept(
              answer -> {
                light.complete(isOnEventLoop());
                refused.complete(
                    thrownBy(
                        () ->
                            client.request(peer, HEAVY, Bytes.of(1)).toCompletableFuture().join()));
                notClosed.complete(thrownBy(client::close));
              });
      client
          .request(peer, HEAVY, Bytes.of(1))
          .thenAccept(answer -> heavy.complete(isOnEventLoop()));
      answered.complete(Bytes.of(1));
      assertEquals(true, Await.value(light));
      assertEquals(false, Await.value(heavy));
      assertInstanceOf(IllegalStateException.class, Await.value(refused));
      assertInstanceOf(IllegalStateException.class, Await.value(notClosed));
      assertEquals(1, Await.value(client.request(peer, HEAVY, Bytes.of(1))).payloadBytes());
    }
  }

  private static Throwable thrownBy(Runnable action) {
    try {
      action.run();
      return null;
    } catch (RuntimeException cause) {
      return cause;
    }
  }
}
