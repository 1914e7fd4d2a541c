package bdk.p2p.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.manager.Manager;
import bdk.p2p.manager.RequestException;
import bdk.p2p.simulator.fault.Crash;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** What would block the only thread of a simulation is an error that says who, when and where. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BlockingTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  /** Runs something in a handler of a node, which may swallow what it throws. */
  private static AssertionError inHandler(BiConsumer<Duo, Manager> action) {
    Duo[] duo = new Duo[1];
    try (Simulation network = Simulation.builder().seed(7).blockedLimit(SHORT).build()) {
      duo[0] =
          new Duo(
              network,
              (peer, request) -> {
                try {
                  action.accept(duo[0], duo[0].answerer.manager());
                } catch (RuntimeException swallowed) {
                  // As a careless handler does.
                }
                return ByteBuffer.allocate(0);
              });
      network.run(Duration.ofSeconds(2));
      duo[0].ask();
      return assertThrows(AssertionError.class, () -> network.run(Duration.ofSeconds(1)));
    }
  }

  @TestFactory
  Stream<DynamicTest> whatAHandlerMustNotDo() {
    return Stream.of(
        refused("wait for a request", (duo, node) -> request(duo).join()),
        refused("wait with a limit", (duo, node) -> quietly(() -> getWithLimit(duo))),
        refused("wait for a derived stage", (duo, node) -> derived(duo).join()),
        refused(
            "wait for a dial",
            (duo, node) ->
                node.connect(duo.asker.id())
                    .thenApply(one -> 1)
                    .thenCompose(one -> duo.ask())
                    .toCompletableFuture()
                    .join()),
        refused("close its node", (duo, node) -> node.close()),
        refused("stop a node", (duo, node) -> duo.asker.stop()),
        refused("crash its node", (duo, node) -> duo.answerer.crash()),
        refused("start a node", (duo, node) -> duo.network.node("late", NodeCode.NONE)),
        refused(
            "begin a fault",
            (duo, node) -> duo.network.begin(new Crash(false), SimNodes.of(duo.asker))),
        refused("run the simulation", (duo, node) -> duo.network.run(Duration.ofSeconds(1))),
        refused("await in the simulation", (duo, node) -> duo.network.await(duo.ask())),
        refused("close the simulation", (duo, node) -> duo.network.close()),
        refused("wait for a timer", (duo, node) -> quietly(() -> timer(node))),
        refused("wait for a latch", (duo, node) -> quietly(() -> new CountDownLatch(1).await())));
  }

  private static DynamicTest refused(String what, BiConsumer<Duo, Manager> action) {
    return DynamicTest.dynamicTest(
        what,
        () -> {
          String message = inHandler(action).getMessage();
          assertTrue(message.startsWith("at 2.0"), message);
          assertTrue(message.contains(" on answerer (10.1.0.1), seed 7: "), message);
          assertTrue(message.contains("; in bdk.p2p.simulator.BlockingTest."), message);
          assertTrue(message.contains("BlockingTest.java:"), message);
        });
  }

  private static CompletableFuture<?> request(Duo duo) {
    return duo.ask().toCompletableFuture();
  }

  private static CompletableFuture<?> derived(Duo duo) {
    return duo.ask().thenApply(answer -> answer.payload()).toCompletableFuture();
  }

  private static void getWithLimit(Duo duo) throws Exception {
    request(duo).get(1, TimeUnit.SECONDS);
  }

  private static void timer(Manager node) throws Exception {
    node.scheduler().schedule(() -> 1, 1, TimeUnit.SECONDS).get();
  }

  private interface Careless {
    void run() throws Exception;
  }

  private static void quietly(Careless action) {
    try {
      action.run();
    } catch (Exception swallowed) {
      // As a careless handler does.
    }
  }

  @Test
  void sleepIsNoticedLongBeforeTheLimit() {
    long before = System.nanoTime();
    try (Simulation network =
        Simulation.builder().seed(7).blockedLimit(Duration.ofHours(1)).build()) {
      Duo duo =
          new Duo(
              network,
              (peer, request) -> {
                quietly(() -> Thread.sleep(30_000));
                return request.payload();
              });
      AssertionError failure = assertThrows(AssertionError.class, () -> network.await(duo.ask()));
      String message = failure.getMessage();
      assertTrue(message.contains(" on answerer (10.1.0.1), seed 7: "), message);
      assertTrue(message.contains("has put its only thread to sleep"), message);
      assertTrue(message.contains("BlockingTest.java:"), message);
      assertFalse(Thread.interrupted());
    }
    assertTrue(System.nanoTime() - before < TimeUnit.SECONDS.toNanos(20), "woken");
  }

  @Test
  void whoSleepsAgainAndAgainThoughWokenFailsATestOnItsOwnThread() {
    AtomicBoolean over = new AtomicBoolean();
    try {
      AssertionError failure =
          assertThrows(
              AssertionError.class,
              () ->
                  Simulation.test(
                      Simulation.builder().seed(9).blockedLimit(SHORT),
                      network -> {
                        Duo duo =
                            new Duo(
                                network,
                                (peer, request) -> {
                                  while (!over.get()) {
                                    quietly(() -> Thread.sleep(100));
                                  }
                                  return request.payload();
                                });
                        network.await(duo.ask());
                      }));
      assertTrue(failure.getMessage().contains(" on answerer "), failure.getMessage());
    } finally {
      over.set(true);
    }
  }

  @Test
  void theTestItselfMaySleep() throws Exception {
    try (Simulation network = Simulation.builder().blockedLimit(SHORT).build()) {
      Duo duo = new Duo(network);
      Thread.sleep(2 * SHORT.toMillis());
      assertEquals(4, network.await(duo.ask()).payloadBytes());
    }
  }

  @Test
  void afterAnInterruptionTheRunGoesOn() {
    try (Simulation network = Simulation.builder().blockedLimit(SHORT).build()) {
      boolean[] waits = {true};
      Duo duo =
          new Duo(
              network,
              (peer, request) -> {
                if (waits[0]) {
                  waits[0] = false;
                  quietly(() -> new CountDownLatch(1).await());
                }
                return request.payload();
              });
      AssertionError failure = assertThrows(AssertionError.class, () -> network.await(duo.ask()));
      assertTrue(failure.getMessage().contains("has blocked its only thread"));
      assertEquals(4, network.await(duo.ask()).payloadBytes());
      assertFalse(Thread.interrupted());
    }
  }

  @Test
  void whatCannotBeInterruptedFailsATestOnItsOwnThread() {
    CompletableFuture<String> never = new CompletableFuture<>();
    try {
      AssertionError failure =
          assertThrows(
              AssertionError.class,
              () ->
                  Simulation.test(
                      Simulation.builder().seed(9).blockedLimit(SHORT),
                      network -> {
                        Duo duo =
                            new Duo(
                                network,
                                (peer, request) -> {
                                  CompletableFuture.allOf(never).join();
                                  return request.payload();
                                });
                        network.await(duo.ask());
                      }));
      assertTrue(failure.getMessage().contains(" on answerer "), failure.getMessage());
      assertTrue(failure.getMessage().contains("BlockingTest.java:"), failure.getMessage());
      assertTrue(
          List.of(failure.getCause().getStackTrace()).toString().contains("allOf")
              || List.of(failure.getCause().getStackTrace()).toString().contains("join"));
    } finally {
      never.complete("let the thread go");
    }
  }

  @Test
  void theTestItselfMayBlockOnWhatNodesPromiseAndTimePasses() throws Exception {
    try (Simulation network = Simulation.seeded(1)) {
      Duo duo = new Duo(network);
      Duration before = network.now();
      assertEquals(4, duo.ask().toCompletableFuture().join().payloadBytes());
      assertTrue(network.now().compareTo(before.plusMillis(40)) >= 0, "a round trip");
      assertEquals(4, duo.ask().toCompletableFuture().get(1, TimeUnit.SECONDS).payloadBytes());
      assertThrows(
          TimeoutException.class,
          () -> duo.ask().toCompletableFuture().get(10, TimeUnit.MILLISECONDS));
      duo.answerer.crash();
      CompletionException gone =
          assertThrows(CompletionException.class, () -> duo.ask().toCompletableFuture().join());
      assertInstanceOf(RequestException.class, gone.getCause());
    }
  }

  @Test
  void anotherThreadIsRefused() throws Exception {
    try (Simulation network = Simulation.seeded(1)) {
      Duo duo = new Duo(network);
      Throwable[] thrown = new Throwable[2];
      Thread other =
          new Thread(
              () -> {
                thrown[0] = assertThrows(Throwable.class, () -> network.run(Duration.ofSeconds(1)));
                thrown[1] = assertThrows(Throwable.class, () -> duo.answerer.stop());
              });
      other.start();
      other.join();
      for (Throwable one : thrown) {
        assertInstanceOf(IllegalStateException.class, one);
        assertTrue(one.getMessage().contains("belongs to the thread"), one.getMessage());
      }
    }
  }

  @Test
  void limitMayBeForEver() {
    try (Simulation network =
        Simulation.builder().blockedLimit(ChronoUnit.FOREVER.getDuration()).build()) {
      network.run(Duration.ofSeconds(1));
    }
  }
}
