package bdk.p2p.simulator.backend;

import static bdk.p2p.simulator.backend.LoopbackRig.MILLI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.environment.Environment;
import bdk.p2p.manager.Manager;
import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.simulator.backend.LoopbackRig.Everywhere;
import bdk.p2p.simulator.fault.Ability;
import bdk.p2p.simulator.scenario.ScenarioException;
import io.netty.channel.Channel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Machines, processes and time of a loopback backend, and its end. */
@Timeout(60)
class LoopbackBackendTest {
  private static final Distances NEAR = new Everywhere(0, 0, 0);

  @Test
  void twoBackendsAtOnceHaveAddressesOfTheirOwn() {
    try (LoopbackRig one = new LoopbackRig(0);
        LoopbackRig other = new LoopbackRig(0)) {
      Machine here = one.machine();
      Machine there = other.machine();
      assertNotEquals(here.address(), there.address());
      assertNotEquals(0, here.address().getAddress()[1]);
      one.listen(one.process(here));
      other.listen(other.process(there));
      one.dial(one.process(one.machine()), here);
      other.dial(other.process(other.machine()), there);
      one.nextAccepted();
      other.nextAccepted();
      one.backend.close();
      // Its end does not touch the other one.
      other.dial(other.process(other.machine()), there);
    }
  }

  @Test
  void blockThatIsFreeAgainCanBeTakenAgain() {
    // Half-way round from where other runs of this time begin to look.
    int wish = (int) ProcessHandle.current().pid() + 127;
    LoopbackAddresses block = LoopbackAddresses.take(wish);
    InetAddress address = block.address(0);
    block.close();
    try (LoopbackAddresses again = LoopbackAddresses.take(wish)) {
      assertEquals(address, again.address(0));
      try (LoopbackAddresses other = LoopbackAddresses.take(wish)) {
        assertNotEquals(address, other.address(0));
      }
      assertThrows(ScenarioException.class, () -> again.address(65_280));
    }
  }

  @Test
  void systemWithoutSuchAddressesIsOneClearComplaint() {
    AtomicInteger tried = new AtomicInteger();
    LoopbackAddresses.Listening none =
        address -> {
          tried.incrementAndGet();
          throw new IOException("Can't assign requested address");
        };
    ScenarioException complaint =
        assertThrows(ScenarioException.class, () -> LoopbackAddresses.take(0, none));
    assertEquals(254, tried.get());
    assertEquals(
        "the backend loopback finds no free block of addresses 127.1 to 127.254: cannot listen on"
            + " /127.1.255.254:7000: Can't assign requested address; it needs a system that has"
            + " all of 127.0.0.0/8, as Linux does, and nobody who listens on port 7000 of every"
            + " address",
        complaint.getMessage());
  }

  @Test
  void takenBlocksArePassedOver() throws IOException {
    AtomicInteger tried = new AtomicInteger();
    LoopbackAddresses.Listening third =
        address -> {
          if (tried.incrementAndGet() < 3) {
            throw new IOException("Address already in use");
          }
          return new ServerSocket();
        };
    try (LoopbackAddresses block = LoopbackAddresses.take(253, third)) {
      assertEquals(InetAddress.getByName("127.2.0.1"), block.address(0));
      assertEquals(InetAddress.getByName("127.2.1.0"), block.address(255));
    }
  }

  @Test
  void streamsAreThoseOfVirtualTime() {
    try (Backend loopback = new LoopbackBackend(42, NEAR);
        Backend virtual = new VirtualBackend(42, NEAR)) {
      for (String purpose : List.of("workload/requests", "a")) {
        assertEquals(virtual.seed(purpose), loopback.seed(purpose));
        assertEquals(virtual.random(purpose).nextLong(), loopback.random(purpose).nextLong());
        assertEquals(virtual.random(purpose).nextLong(), loopback.random(purpose).nextLong());
      }
    }
  }

  @Test
  void timePassesReallyAndTheDriverComesBy() {
    try (Backend backend = new LoopbackBackend(1, NEAR)) {
      AtomicInteger idle = new AtomicInteger();
      long start = System.nanoTime();
      backend.runUntil(backend.nowNanos() + 100 * MILLI, idle::incrementAndGet);
      assertTrue(System.nanoTime() - start >= 100 * MILLI);
      // Ten times, on a machine that has nothing else to do; once, if it stands still meanwhile.
      for (int tries = 0; tries < 20 && idle.get() < 2; tries++) {
        idle.set(0);
        backend.runUntil(backend.nowNanos() + 100 * MILLI, idle::incrementAndGet);
      }
      assertTrue(idle.get() >= 2, () -> idle + " times");
      backend.runUntil(0, () -> assertFalse(true, "an instant that has passed"));
    }
  }

  @Test
  void timeBeginsWhenTheFirstSocketListens() {
    try (LoopbackRig rig = new LoopbackRig(0)) {
      Environment process = rig.process(rig.machine());
      assertTrue(Await.holdsFor(Duration.ofMillis(20), () -> rig.backend.nowNanos() == 0));
      rig.listen(process);
      Await.until("the beginning", () -> rig.backend.nowNanos() > 0);
    }
  }

  @Test
  void interruptEndsTheWaiting() {
    try (Backend backend = new LoopbackBackend(1, NEAR)) {
      Thread.currentThread().interrupt();
      assertThrows(CancellationException.class, () -> backend.runUntil(Long.MAX_VALUE, () -> {}));
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void powerOffAndPauseAreNotToBeHad() {
    try (LoopbackRig rig = new LoopbackRig(0)) {
      assertEquals(
          EnumSet.complementOf(EnumSet.of(Ability.POWER_OFF, Ability.PAUSE)),
          rig.backend.abilities());
      assertThrows(UnsupportedOperationException.class, rig.machine()::powerOff);
    }
  }

  @Test
  void clockIsWrongByWhatItIsTold() {
    try (LoopbackRig rig = new LoopbackRig(0)) {
      Machine machine = rig.machine();
      Environment process = rig.process(machine);
      Environment other = rig.process(rig.machine());
      assertOff(Duration.ZERO, process);
      machine.skewClock(Duration.ofHours(-3));
      assertOff(Duration.ofHours(-3), process);
      assertOff(Duration.ofHours(-3), rig.process(machine));
      assertOff(Duration.ZERO, other);
      machine.skewClock(Duration.ZERO);
      assertOff(Duration.ZERO, process);
    }
  }

  private static void assertOff(Duration skew, Environment process) {
    Instant before = Instant.now().plus(skew);
    Instant told = process.clock().instant();
    Instant after = Instant.now().plus(skew);
    assertFalse(told.isBefore(before) || told.isAfter(after), () -> told + ", not " + before);
  }

  @Test
  void killedProcessIsGoneWhenTheKillReturns() {
    try (LoopbackRig rig = new LoopbackRig(0)) {
      Machine machine = rig.machine();
      Environment process = rig.process(machine);
      Channel listening = rig.listen(process);
      Wire dialler = rig.dial(rig.process(rig.machine()), machine);
      Channel accepted = rig.nextAccepted().channel();
      AtomicInteger ran = new AtomicInteger();
      CountDownLatch busy = new CountDownLatch(2);
      for (int worker = 0; worker < 2; worker++) {
        process
            .workers()
            .execute(
                () -> {
                  busy.countDown();
                  Await.until("the kill", () -> !listening.isOpen());
                  Await.holdsFor(Duration.ofMillis(100), () -> true);
                  ran.incrementAndGet();
                });
      }
      process.workers().execute(() -> ran.addAndGet(100));
      Await.until("busy workers", () -> busy.getCount() == 0);

      machine.kill();

      assertFalse(listening.isOpen());
      assertFalse(accepted.isOpen());
      Await.until("the end of the loops", process.eventLoops()::isTerminated);
      assertEquals(2, ran.get(), "what runs is let run, what waits does not run any more");
      Await.until("the reset", dialler::isGone);

      machine.powerOn();
      rig.listen(rig.process(machine));
      rig.dial(rig.process(rig.machine()), machine);
      rig.nextAccepted();
    }
  }

  @Test
  void nodesStartAndAreKilledAndStartAgain() {
    try (LoopbackRig rig = new LoopbackRig(1)) {
      Machine one = rig.machine();
      Machine other = rig.machine();
      Manager first = start(rig, one);
      Manager second = start(rig, other);
      first.connect(second.listening().orElseThrow());
      Await.until("the session", () -> !second.peers().isEmpty());
      assertEquals(first.listening().orElseThrow(), second.peers().get(0).id());
      one.kill();
      Await.until("the end", () -> second.peers().isEmpty());
      Manager again = start(rig, one);
      again.connect(second.listening().orElseThrow());
      Await.until("the session", () -> !second.peers().isEmpty());
      again.close();
      Await.until("the end", () -> second.peers().isEmpty());
    }
  }

  private static Manager start(LoopbackRig rig, Machine machine) {
    return Manager.builder()
        .environment(rig.process(machine))
        .listen(machine.address().getHostAddress(), LoopbackRig.PORT)
        .options(ManagerOptions.builder().stopTimeout(Duration.ofSeconds(2)).build())
        .start();
  }

  @Test
  void portOfAnotherIsComplaintOfTheStartAndNothingIsLeft() {
    try (LoopbackRig rig = new LoopbackRig(0)) {
      Machine machine = rig.machine();
      rig.listen(rig.process(machine));
      assertThrows(java.io.UncheckedIOException.class, () -> start(rig, machine));
    }
  }

  @Test
  void closeTwiceIsOnce() {
    LoopbackBackend backend = new LoopbackBackend(1, NEAR);
    backend.machine(new MachineSpec(0, 0, 0)).environment();
    backend.close();
    backend.close();
    assertEquals(Set.of(), Set.copyOf(backend.connections()));
    assertEquals("", backend.digest());
  }
}
