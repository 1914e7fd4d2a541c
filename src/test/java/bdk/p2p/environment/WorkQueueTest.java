package bdk.p2p.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A wake-up that is lost shows as a task that is not done for half a minute. */
@Timeout(120)
class WorkQueueTest {
  private static final int WORKERS = 3;
  private static final long LIMIT_SECONDS = 20;

  private final Workers workers = new Workers(WORKERS, new NamedThreads("queue-test", true, null));
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void stop() throws InterruptedException {
    end.countDown();
    workers.shutdown();
    assertTrue(workers.awaitTermination(TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }

  private void startAll() throws InterruptedException {
    CountDownLatch all = new CountDownLatch(WORKERS);
    CountDownLatch goOn = new CountDownLatch(1);
    for (int n = 0; n < WORKERS; n++) {
      workers.execute(
          () -> {
            all.countDown();
            await(goOn);
          });
    }
    assertTrue(all.await(LIMIT_SECONDS, TimeUnit.SECONDS));
    goOn.countDown();
  }

  private static void spin(long nanos) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < nanos) {
      Thread.onSpinWait();
    }
  }

  @Test
  void noTaskIsLeftHoweverTheWorkersFallAsleep() throws InterruptedException {
    startAll();
    Random random = new Random(1);
    for (int n = 0; n < 30_000; n++) {
      CountDownLatch done = new CountDownLatch(1);
      workers.execute(done::countDown);
      assertTrue(done.await(LIMIT_SECONDS, TimeUnit.SECONDS), "task " + n + " was not done");
      spin(random.nextInt(80_000));
    }
  }

  @Test
  void whatComesBehindATaskThatWaitsIsDone() throws InterruptedException {
    startAll();
    for (int waiting = 0; waiting < WORKERS - 1; waiting++) {
      workers.execute(() -> await(end));
      for (int n = 0; n < 300; n++) {
        CountDownLatch three = new CountDownLatch(3);
        for (int k = 0; k < 3; k++) {
          workers.execute(three::countDown);
        }
        assertTrue(three.await(LIMIT_SECONDS, TimeUnit.SECONDS), waiting + 1 + " wait");
        LockSupport.parkNanos(100_000L * (n % 20));
      }
    }
  }

  @Test
  void tasksThatWaitAtTheSameTimeHaveAllWorkers() throws InterruptedException {
    startAll();
    for (int n = 0; n < 200; n++) {
      CountDownLatch all = new CountDownLatch(WORKERS);
      for (int k = 0; k < WORKERS; k++) {
        workers.execute(
            () -> {
              all.countDown();
              await(all);
            });
      }
      assertTrue(all.await(LIMIT_SECONDS, TimeUnit.SECONDS), all.getCount() + " have no worker");
    }
  }

  @Test
  void eachTaskRunsOnceWhoeverAddsItAndWhoeverIsInterrupted() throws InterruptedException {
    int each = 40_000;
    int producers = 3;
    AtomicIntegerArray runs = new AtomicIntegerArray(each * producers);
    CountDownLatch done = new CountDownLatch(each * producers);
    AtomicBoolean goesOn = new AtomicBoolean(true);
    // Workers that wait have others started, which end again: all that sleep are interrupted.
    Thread changing =
        new Thread(
            () -> {
              while (goesOn.get()) {
                workers.execute(
                    () -> {
                      workers.beginWaiting();
                      LockSupport.parkNanos(200_000);
                      workers.endWaiting();
                    });
                LockSupport.parkNanos(500_000);
              }
            });
    changing.start();
    List<Thread> threads = new ArrayList<>();
    for (int p = 0; p < producers; p++) {
      int from = p * each;
      Random random = new Random(p);
      Thread thread =
          new Thread(
              () -> {
                for (int n = from; n < from + each; n++) {
                  int task = n;
                  workers.execute(
                      () -> {
                        runs.incrementAndGet(task);
                        done.countDown();
                      });
                  if (random.nextInt(64) == 0) {
                    LockSupport.parkNanos(random.nextInt(300_000));
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    boolean all = done.await(LIMIT_SECONDS, TimeUnit.SECONDS);
    goesOn.set(false);
    changing.join();
    assertTrue(all, done.getCount() + " were not done");
    for (int n = 0; n < runs.length(); n++) {
      assertEquals(1, runs.get(n));
    }
  }

  @Test
  void idleWorkersSleep() throws InterruptedException {
    startAll();
    List<Thread> threads = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("queue-test")) {
        threads.add(thread);
      }
    }
    assertEquals(WORKERS, threads.size());
    for (int n = 0; n < 100; n++) {
      workers.execute(() -> {});
    }
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    int asleep = 0;
    while (asleep < 50) { // looks in a row, a millisecond apart
      assertTrue(System.nanoTime() < limit, "some worker does not go to sleep");
      boolean all = threads.stream().allMatch(one -> one.getState() == Thread.State.TIMED_WAITING);
      asleep = all ? asleep + 1 : 0;
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void nothingComesInTime() throws InterruptedException {
    WorkQueue queue = new WorkQueue();
    queue.begin();
    assertNull(queue.poll(1, TimeUnit.MILLISECONDS));
    assertNull(queue.poll(0, TimeUnit.MILLISECONDS));
    Runnable task = () -> {};
    queue.offer(task);
    assertEquals(1, queue.size());
    assertSame(task, queue.poll(0, TimeUnit.MILLISECONDS));
    assertEquals(0, queue.size());
    queue.offer(task);
    assertTrue(queue.remove(task));
    assertEquals(0, queue.size());
    queue.offer(task);
    List<Runnable> rest = new ArrayList<>();
    assertEquals(1, queue.drainTo(rest));
    assertEquals(List.of(task), rest);
    assertTrue(queue.isEmpty());
  }

  @Test
  void whoIsInterruptedAsleepIsTold() {
    WorkQueue queue = new WorkQueue();
    queue.begin();
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> queue.poll(1, TimeUnit.MINUTES));
    assertNull(queue.peek());
  }

  @Test
  void whatHasNotBegunIsGivenBack() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(WORKERS);
    for (int n = 0; n < WORKERS; n++) {
      workers.execute(
          () -> {
            begun.countDown();
            await(end);
          });
    }
    assertTrue(begun.await(LIMIT_SECONDS, TimeUnit.SECONDS));
    Runnable never = () -> {};
    workers.execute(never);
    assertEquals(WORKERS + 1, workers.pendingTasks());
    assertEquals(List.of(never), workers.shutdownNow());
  }
}
