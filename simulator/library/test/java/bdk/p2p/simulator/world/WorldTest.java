package bdk.p2p.simulator.world;

import static bdk.p2p.simulator.world.Rig.MILLI;
import static bdk.p2p.simulator.world.Rig.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.environment.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class WorldTest {
  @Test
  void timeStartsAtOneAndMovesOnlyWhenDriven() {
    try (World world = new World(1)) {
      assertEquals(1, world.now());
      world.runUntil(500);
      assertEquals(500, world.now());
      world.run(Duration.ofSeconds(2));
      assertEquals(500 + 2 * SECOND, world.now());
    }
  }

  @Test
  void actionsRunInOrderOfTimeThenOfSubmission() {
    try (World world = new World(1)) {
      List<String> ran = new ArrayList<>();
      world.at(20, () -> ran.add("late"));
      world.at(10, () -> ran.add("first"));
      world.at(10, () -> ran.add("second"));
      world.at(10, () -> world.at(10, () -> ran.add("third")));
      world.runUntil(19);
      assertEquals(List.of("first", "second", "third"), ran);
      world.runUntil(20);
      assertEquals(List.of("first", "second", "third", "late"), ran);
    }
  }

  @Test
  void stepRunsOneThingAndNothingPastTheLimit() {
    try (World world = new World(1)) {
      List<Integer> ran = new ArrayList<>();
      world.at(10, () -> ran.add(1));
      world.at(10, () -> ran.add(2));
      assertFalse(world.step(9));
      assertEquals(1, world.now());
      assertTrue(world.step(10));
      assertEquals(List.of(1), ran);
      assertEquals(10, world.now());
      assertTrue(world.step(10));
      assertFalse(world.step(Long.MAX_VALUE));
      assertEquals(10, world.now());
    }
  }

  @Test
  void anInstantThatHasPassedIsRefused() {
    try (World world = new World(1)) {
      world.runUntil(100);
      assertThrows(IllegalArgumentException.class, () -> world.at(99, () -> {}));
    }
  }

  @Test
  void theWallClockFollowsVirtualTime() {
    Instant epoch = Instant.parse("2030-05-05T00:00:00Z");
    try (World world = new World(1, WorldOptions.defaults().withEpoch(epoch))) {
      world.runUntil(3 * SECOND);
      assertEquals(epoch.plusSeconds(3), world.clock().instant());
      assertEquals(epoch.plusSeconds(3), world.host(Rig.ip(1)).environment().clock().instant());
      assertEquals(epoch.plusSeconds(3).toEpochMilli(), world.clock().millis());
    }
    try (World world = new World(1)) {
      assertEquals("2026-01-01T00:00:00.000000001Z", world.clock().instant().toString());
    }
  }

  @Test
  void streamsDependOnSeedAndPurposeOnly() {
    try (World one = new World(7);
        World same = new World(7);
        World other = new World(8)) {
      one.random("other purpose").nextLong();
      long drawn = one.random("purpose").nextLong();
      assertEquals(drawn, same.random("purpose").nextLong());
      assertNotEquals(drawn, other.random("purpose").nextLong());
      assertNotEquals(drawn, same.random("another purpose").nextLong());
      assertSame(one.random("purpose"), one.random("purpose"));
    }
  }

  @Test
  void eachProcessOfAHostHasItsOwnRandomness() {
    try (World world = new World(7)) {
      Host host = world.host(Rig.ip(1));
      long first = host.environment().random().nextLong();
      assertNotEquals(first, host.environment().random().nextLong());
    }
  }

  @Test
  void somethingThatThrowsFailsTheRunWithTimeAndHostAndTheWorldGoesOn() {
    try (World world = new World(1)) {
      Host host = world.host(Rig.ip(1));
      Environment process = host.environment();
      List<String> ran = new ArrayList<>();
      world.runUntil(SECOND + 500);
      process.workers().execute(() -> badly("worker"));
      process.workers().execute(() -> ran.add("next"));
      WorldFailure failure = assertThrows(WorldFailure.class, () -> world.run(Duration.ZERO));
      assertTrue(
          failure.getMessage().startsWith("at 1.000000500 s on host 0 (10.0.0.1), seed 1: "),
          failure.getMessage());
      assertEquals("worker", failure.getCause().getMessage());
      world.run(Duration.ZERO);
      assertEquals(List.of("next"), ran);
      world.at(2 * SECOND, () -> badly("scenario"));
      failure = assertThrows(WorldFailure.class, () -> world.runUntil(2 * SECOND));
      assertTrue(failure.getMessage().contains("on the world"), failure.getMessage());
      process.scheduler().execute(() -> badly("timer"));
      failure = assertThrows(WorldFailure.class, () -> world.run(Duration.ZERO));
      assertEquals("timer", failure.getCause().getMessage());
    }
  }

  @Test
  void theWorldCannotBeDrivenFromInside() {
    try (World world = new World(1)) {
      world.at(5, () -> world.runUntil(10));
      WorldFailure failure = assertThrows(WorldFailure.class, () -> world.runUntil(5));
      assertInstanceOf(IllegalStateException.class, failure.getCause());
      world.at(6, world::close);
      failure = assertThrows(WorldFailure.class, () -> world.runUntil(6));
      assertInstanceOf(IllegalStateException.class, failure.getCause());
    }
  }

  @Test
  void aForeignThreadIsRefusedEverywhere() throws InterruptedException {
    try (World world = new World(1)) {
      Host host = world.host(Rig.ip(1));
      Environment process = host.environment();
      List<Runnable> touches =
          List.of(
              () -> world.runUntil(10),
              () -> world.step(10),
              () -> world.at(10, () -> {}),
              () -> world.random("purpose"),
              () -> world.digest(),
              () -> world.host(Rig.ip(2)),
              () -> process.workers().execute(() -> {}),
              () -> process.scheduler().execute(() -> {}),
              () -> process.close(Duration.ZERO),
              world::close,
              host::crash,
              host::environment);
      for (Runnable touch : touches) {
        assertInstanceOf(IllegalStateException.class, thrownByAnotherThread(touch));
      }
      world.runUntil(10);
    }
  }

  @Test
  void aTaskFromAForeignThreadForALoopEndsAllDriving() throws InterruptedException {
    try (World world = new World(1)) {
      Environment process = world.host(Rig.ip(1)).environment();
      Throwable thrown = thrownByAnotherThread(() -> process.eventLoops().execute(() -> {}));
      assertInstanceOf(IllegalStateException.class, thrown);
      WorldFailure failure = assertThrows(WorldFailure.class, () -> world.runUntil(10));
      assertTrue(failure.getMessage().contains("must not touch it"), failure.getMessage());
    }
  }

  @Test
  void aHostsAddressIsUnique() {
    try (World world = new World(1)) {
      world.host(Rig.ip(1));
      assertThrows(IllegalArgumentException.class, () -> world.host(Rig.ip(1)));
    }
  }

  @Test
  void closeEndsEverythingAndMayBeRepeated() {
    Rig rig = new Rig();
    Rig.Pair pair = rig.pair(rig.host(1), rig.host(2));
    pair.dialler.channel.writeAndFlush(Rig.buffer(Rig.randomBytes(1_000_000)));
    rig.world.runUntil(rig.world.now() + 5 * MILLI);
    rig.close();
    rig.close();
    assertFalse(pair.dialler.channel.isOpen());
    assertFalse(pair.acceptor.channel.isOpen());
    assertFalse(rig.world.step(Long.MAX_VALUE));
    assertEquals(List.of("active"), pair.acceptor.events);
  }

  private static void badly(String message) {
    throw new IllegalArgumentException(message);
  }

  private static Throwable thrownByAnotherThread(Runnable touch) throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread thread = new Thread(touch, "foreign");
    thread.setUncaughtExceptionHandler((dead, throwable) -> thrown.set(throwable));
    thread.start();
    thread.join();
    return thrown.get();
  }
}
