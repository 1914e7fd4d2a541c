package bdk.p2p.simulator.world;

import static bdk.p2p.simulator.world.Rig.SECOND;
import static bdk.p2p.simulator.world.Rig.assertHappensAt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchedulerTest {
  private final World world = new World(1);
  private final ScheduledExecutorService scheduler =
      world.host(Rig.ip(1)).environment().scheduler();
  private final List<Long> ran = new ArrayList<>();

  @AfterEach
  void closeWorld() {
    world.close();
  }

  @Test
  void aDelayedTaskRunsExactlyWhenDue() {
    ScheduledFuture<?> task = scheduler.schedule(this::note, 5, TimeUnit.SECONDS);
    assertEquals(5, task.getDelay(TimeUnit.SECONDS));
    assertHappensAt(world, 1 + 5 * SECOND, task::isDone);
    assertEquals(List.of(1 + 5 * SECOND), ran);
  }

  @Test
  void aCallableGivesItsValue() throws Exception {
    ScheduledFuture<String> task = scheduler.schedule(() -> "value", 1, TimeUnit.SECONDS);
    world.runUntil(2 * SECOND);
    assertEquals("value", task.get());
    assertEquals("value", task.get(1, TimeUnit.SECONDS));
  }

  @Test
  void aNegativeDelayMeansNow() {
    scheduler.schedule(this::note, -5, TimeUnit.SECONDS);
    world.runUntil(1);
    assertEquals(List.of(1L), ran);
  }

  @Test
  void aDelayBeyondTheEndOfTimeIsNeverDue() {
    ScheduledFuture<?> task = scheduler.schedule(this::note, Long.MAX_VALUE, TimeUnit.DAYS);
    world.run(Duration.ofDays(10_000));
    assertFalse(task.isDone());
  }

  @Test
  void fixedRateRunsEveryPeriodUntilCancelled() {
    ScheduledFuture<?> task = scheduler.scheduleAtFixedRate(this::note, 2, 3, TimeUnit.SECONDS);
    world.runUntil(1 + 8 * SECOND);
    assertEquals(List.of(1 + 2 * SECOND, 1 + 5 * SECOND, 1 + 8 * SECOND), ran);
    assertTrue(task.cancel(true));
    assertTrue(task.isCancelled());
    assertFalse(Thread.currentThread().isInterrupted());
    world.runUntil(60 * SECOND);
    assertEquals(3, ran.size());
  }

  @Test
  void fixedDelayRunsEveryPeriod() {
    scheduler.scheduleWithFixedDelay(this::note, 0, 3, TimeUnit.SECONDS);
    world.runUntil(1 + 6 * SECOND);
    assertEquals(List.of(1L, 1 + 3 * SECOND, 1 + 6 * SECOND), ran);
  }

  @Test
  void aPeriodicTaskMayCancelItself() {
    List<ScheduledFuture<?>> self = new ArrayList<>();
    self.add(
        scheduler.scheduleAtFixedRate(
            () -> {
              note();
              self.get(0).cancel(true);
            },
            1,
            1,
            TimeUnit.SECONDS));
    world.runUntil(60 * SECOND);
    assertEquals(1, ran.size());
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void aPeriodicTaskThatThrowsEndsAndItsFutureHoldsTheReason() {
    ScheduledFuture<?> task =
        scheduler.scheduleAtFixedRate(
            () -> {
              note();
              throw new IllegalArgumentException("reason");
            },
            1,
            1,
            TimeUnit.SECONDS);
    world.runUntil(60 * SECOND);
    assertEquals(1, ran.size());
    assertEquals(
        "reason", assertThrows(ExecutionException.class, task::get).getCause().getMessage());
  }

  @Test
  void aFailureIsHeldByTheFutureOfWhatWasSubmitted() {
    Future<?> task =
        scheduler.submit(
            () -> {
              throw new IllegalArgumentException("reason");
            });
    world.runUntil(1);
    assertEquals(
        "reason", assertThrows(ExecutionException.class, task::get).getCause().getMessage());
  }

  @Test
  void submittedTasksRunInOrder() throws Exception {
    Future<String> value = scheduler.submit(this::note, "value");
    scheduler.execute(this::note);
    world.runUntil(1);
    assertEquals(List.of(1L, 1L), ran);
    assertEquals("value", value.get());
  }

  @Test
  void aCancelledTaskNeverRuns() {
    ScheduledFuture<?> task = scheduler.schedule(this::note, 1, TimeUnit.SECONDS);
    assertTrue(task.cancel(false));
    assertFalse(task.cancel(false));
    world.runUntil(2 * SECOND);
    assertEquals(List.of(), ran);
    assertThrows(CancellationException.class, task::get);
  }

  @Test
  void getBeforeTheEndIsRefusedInsteadOfBlocking() {
    ScheduledFuture<?> task = scheduler.schedule(this::note, 1, TimeUnit.SECONDS);
    assertThrows(IllegalStateException.class, task::get);
    assertThrows(IllegalStateException.class, () -> task.get(1, TimeUnit.SECONDS));
  }

  @Test
  void whatBlocksIsRefused() {
    assertThrows(IllegalStateException.class, () -> scheduler.invokeAll(List.of(() -> 1)));
    assertThrows(IllegalStateException.class, () -> scheduler.invokeAny(List.of(() -> 1)));
  }

  @Test
  void shutdownLetsDelayedTasksRunEndsPeriodicOnesAndTakesNoMore() {
    scheduler.schedule(this::note, 5, TimeUnit.SECONDS);
    ScheduledFuture<?> periodic = scheduler.scheduleAtFixedRate(this::note, 1, 1, TimeUnit.SECONDS);
    scheduler.shutdown();
    assertTrue(scheduler.isShutdown());
    assertFalse(scheduler.isTerminated());
    assertTrue(periodic.isCancelled());
    assertThrows(
        RejectedExecutionException.class,
        () -> scheduler.schedule(this::note, 1, TimeUnit.SECONDS));
    world.runUntil(10 * SECOND);
    assertEquals(List.of(1 + 5 * SECOND), ran);
    assertTrue(scheduler.isTerminated());
  }

  @Test
  void shutdownNowReturnsWhatNeverRan() {
    scheduler.schedule(this::note, 5, TimeUnit.SECONDS);
    scheduler.submit(this::note);
    assertEquals(2, scheduler.shutdownNow().size());
    assertTrue(scheduler.isTerminated());
    world.runUntil(10 * SECOND);
    assertEquals(List.of(), ran);
  }

  @Test
  void awaitTerminationDrivesTheWorld() throws InterruptedException {
    scheduler.schedule(this::note, 5, TimeUnit.SECONDS);
    scheduler.shutdown();
    assertFalse(scheduler.awaitTermination(4, TimeUnit.SECONDS));
    assertTrue(scheduler.awaitTermination(4, TimeUnit.SECONDS));
    assertEquals(1 + 5 * SECOND, world.now());
  }

  @Test
  void badArgumentsAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> scheduler.scheduleAtFixedRate(this::note, 1, 0, TimeUnit.SECONDS));
    assertThrows(
        IllegalArgumentException.class,
        () -> scheduler.scheduleWithFixedDelay(this::note, 1, -1, TimeUnit.SECONDS));
    assertThrows(NullPointerException.class, () -> scheduler.execute(null));
    assertThrows(
        NullPointerException.class, () -> scheduler.schedule((Runnable) null, 1, TimeUnit.SECONDS));
  }

  private void note() {
    ran.add(world.now());
  }
}
