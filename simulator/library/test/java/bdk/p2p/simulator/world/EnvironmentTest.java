package bdk.p2p.simulator.world;

import static bdk.p2p.simulator.world.Rig.MILLI;
import static bdk.p2p.simulator.world.Rig.SECOND;
import static bdk.p2p.simulator.world.Rig.assertHappensAt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.environment.Environment;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void workersRunInOrderAtTheInstantOfSubmissionOutsideEveryLoop() {
    try (World world = new World(1)) {
      Environment process = world.host(Rig.ip(1)).environment();
      EventLoop loop = process.eventLoops().next();
      List<String> ran = new ArrayList<>();
      process.workers().execute(() -> ran.add("first " + loop.inEventLoop() + world.now()));
      process.workers().execute(() -> ran.add("second"));
      loop.execute(() -> ran.add("loop " + loop.inEventLoop()));
      assertEquals(List.of(), ran);
      world.runUntil(1);
      assertEquals(List.of("first false1", "second", "loop true"), ran);
    }
  }

  @Test
  void aLoopIsEnteredOnlyWhileItIsTheOneThatRuns() {
    try (World world = new World(1)) {
      EventLoop one = world.host(Rig.ip(1)).environment().eventLoops().next();
      EventLoop other = world.host(Rig.ip(2)).environment().eventLoops().next();
      List<Boolean> seen = new ArrayList<>();
      one.execute(() -> seen.addAll(List.of(one.inEventLoop(), other.inEventLoop())));
      world.runUntil(1);
      assertEquals(List.of(true, false), seen);
      assertFalse(one.inEventLoop());
    }
  }

  @Test
  void loopTimersRunExactlyWhenDue() {
    try (World world = new World(1)) {
      EventLoop loop = world.host(Rig.ip(1)).environment().eventLoops().next();
      List<Long> ran = new ArrayList<>();
      loop.schedule(() -> ran.add(world.now()), 30, TimeUnit.MILLISECONDS);
      loop.schedule(() -> ran.add(world.now()), 10, TimeUnit.MILLISECONDS);
      Future<?> never = loop.schedule(() -> ran.add(-1L), 20, TimeUnit.MILLISECONDS);
      assertHappensAt(world, 1 + 10 * MILLI, () -> ran.size() == 1);
      never.cancel(false);
      assertHappensAt(world, 1 + 30 * MILLI, () -> ran.size() == 2);
      assertEquals(List.of(1 + 10 * MILLI, 1 + 30 * MILLI), ran);
    }
  }

  @Test
  void aLoopTimerThatIsSetFromAnotherTimerRunsWhenDue() {
    try (World world = new World(1)) {
      EventLoop loop = world.host(Rig.ip(1)).environment().eventLoops().next();
      List<Long> ran = new ArrayList<>();
      loop.schedule(
          () -> loop.schedule(() -> ran.add(world.now()), 5, TimeUnit.MILLISECONDS),
          10,
          TimeUnit.MILLISECONDS);
      loop.schedule(() -> {}, 1, TimeUnit.HOURS);
      assertHappensAt(world, 1 + 15 * MILLI, () -> ran.size() == 1);
    }
  }

  @Test
  void awaitDrivesTheWorldUntilTheStageIsComplete() throws TimeoutException {
    try (World world = new World(1)) {
      Environment process = world.host(Rig.ip(1)).environment();
      CompletableFuture<String> stage = new CompletableFuture<>();
      process.scheduler().schedule(() -> stage.complete("done"), 3, TimeUnit.SECONDS);
      assertEquals("done", process.await(stage, MINUTE));
      assertEquals(1 + 3 * SECOND, world.now());
      assertEquals("at once", process.await(CompletableFuture.completedFuture("at once"), MINUTE));
      assertEquals(1 + 3 * SECOND, world.now());
    }
  }

  @Test
  void awaitEndsExactlyAtItsLimit() throws TimeoutException {
    try (World world = new World(1)) {
      Environment process = world.host(Rig.ip(1)).environment();
      CompletableFuture<String> stage = new CompletableFuture<>();
      process.scheduler().schedule(() -> stage.complete("done"), 10, TimeUnit.SECONDS);
      Duration justTooShort = Duration.ofSeconds(10).minusNanos(1);
      assertThrows(TimeoutException.class, () -> process.await(stage, justTooShort));
      assertEquals(10 * SECOND, world.now());
      assertEquals("done", process.await(stage, Duration.ofNanos(1)));
    }
  }

  @Test
  void awaitThrowsTheFailureOfTheStageAsACause() {
    try (World world = new World(1)) {
      Environment process = world.host(Rig.ip(1)).environment();
      CompletableFuture<String> stage = new CompletableFuture<>();
      Exception reason = new IllegalArgumentException("reason");
      process.workers().execute(() -> stage.completeExceptionally(reason));
      Throwable thrown =
          assertThrows(
              CompletionException.class, () -> process.await(stage.thenApply(x -> x), MINUTE));
      assertEquals(reason, thrown.getCause());
    }
  }

  @Test
  void awaitFromAnythingThatTheWorldRunsIsRefused() {
    try (World world = new World(1)) {
      Environment process = world.host(Rig.ip(1)).environment();
      List<Executor> insides =
          List.of(
              process.workers(),
              process.scheduler(),
              process.eventLoops(),
              task -> world.at(world.now(), task));
      for (Executor inside : insides) {
        List<Throwable> thrown = new ArrayList<>();
        inside.execute(
            () ->
                thrown.add(
                    assertThrows(
                        IllegalStateException.class,
                        () -> process.await(new CompletableFuture<>(), MINUTE))));
        world.run(Duration.ZERO);
        assertEquals(1, thrown.size());
        assertTrue(thrown.get(0).getMessage().contains("must not wait"));
      }
    }
  }

  @Test
  void awaitFromAForeignThreadIsRefused() throws InterruptedException {
    try (World world = new World(1)) {
      Environment process = world.host(Rig.ip(1)).environment();
      List<Throwable> thrown = new ArrayList<>();
      Thread foreign =
          new Thread(
              () ->
                  thrown.add(
                      assertThrows(
                          IllegalStateException.class,
                          () -> process.await(new CompletableFuture<>(), MINUTE))));
      foreign.start();
      foreign.join();
      assertEquals(1, thrown.size());
    }
  }

  @Test
  void namesAreLiteralsOrRegistered() throws UnknownHostException {
    try (World world = new World(1)) {
      Environment process = world.host(Rig.ip(1)).environment();
      world.name("seed.example", Rig.ip(5), Rig.ip(6));
      assertEquals(List.of(Rig.ip(5), Rig.ip(6)), process.resolve("seed.example"));
      assertEquals(List.of(Rig.ip(7)), process.resolve("10.0.0.7"));
      assertEquals(List.of(InetAddress.getByName("::1")), process.resolve("::1"));
      world.name("seed.example");
      for (String unknown : List.of("seed.example", "localhost", "10.0.0", "10.0.0.256", "")) {
        assertThrows(UnknownHostException.class, () -> process.resolve(unknown), unknown);
      }
    }
  }

  @Test
  void theLocalAddressIsTheHostsOwn() {
    try (World world = new World(1)) {
      assertEquals(Set.of(Rig.ip(1)), world.host(Rig.ip(1)).environment().localAddresses());
    }
  }

  @Test
  void closeLetsWorkersFinishThenEndsLoopTimersAndWorkers() {
    try (World world = new World(1)) {
      Environment process = world.host(Rig.ip(1)).environment();
      List<String> ran = new ArrayList<>();
      process.workers().execute(() -> process.workers().execute(() -> ran.add("worker")));
      process.scheduler().schedule(() -> ran.add("timer"), 1, TimeUnit.SECONDS);
      process.eventLoops().schedule(() -> ran.add("loop timer"), 1, TimeUnit.SECONDS);
      process.close(MINUTE);
      assertEquals(1, world.now());
      assertTrue(process.eventLoops().isTerminated());
      assertTrue(process.scheduler().isTerminated());
      assertThrows(RejectedExecutionException.class, () -> process.workers().execute(() -> {}));
      assertThrows(RejectedExecutionException.class, () -> process.scheduler().execute(() -> {}));
      world.run(MINUTE);
      assertEquals(List.of("worker"), ran);
      process.close(MINUTE);
    }
  }

  @Test
  void closeClosesTheChannelsThatAreLeftSoThatPeersSeeTheEnd() {
    try (Rig rig = new Rig()) {
      Environment dialler = rig.host(1).environment();
      Host acceptor = rig.host(2);
      Recorder accepted = new Recorder();
      rig.listen(acceptor.environment(), accepted);
      rig.dial(dialler, acceptor, new Recorder());
      rig.runMillis(100);
      dialler.close(MINUTE);
      rig.runMillis(100);
      assertEquals(List.of("active", "inactive"), accepted.events);
    }
  }

  @Test
  void aHostMayRunTwoProcessesAtOnce() {
    try (Rig rig = new Rig()) {
      Host host = rig.host(1);
      Environment server = host.environment();
      Recorder accepted = new Recorder();
      rig.listen(server, accepted);
      Environment client = host.environment();
      rig.dial(client, host, new Recorder());
      rig.runMillis(100);
      client.close(MINUTE);
      rig.runMillis(100);
      assertEquals(List.of("active", "inactive"), accepted.events);
      assertInstanceOf(EventLoop.class, server.eventLoops().next());
    }
  }
}
