package bdk.p2p.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {
  private final Workers workers = new Workers(2, new NamedThreads("test-worker", true, null));
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void stop() throws InterruptedException {
    end.countDown();
    workers.shutdown();
    assertTrue(workers.awaitTermination(TimeUnit.SECONDS.toNanos(30)));
  }

  /** Begins a task that waits until the end of the test; returns when it does. */
  private void startOneThatWaits() throws InterruptedException {
    CountDownLatch waits = new CountDownLatch(1);
    workers.execute(
        () -> {
          workers.beginWaiting();
          try {
            waits.countDown();
            await(end);
          } finally {
            workers.endWaiting();
          }
        });
    assertTrue(waits.await(30, TimeUnit.SECONDS));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whoWaitsTakesNoWorkerFromTheOthers() throws InterruptedException {
    for (int waiting = 0; waiting < 10; waiting++) {
      startOneThatWaits();
    }
    CountDownLatch both = new CountDownLatch(2);
    for (int task = 0; task < 2; task++) {
      workers.execute(
          () -> {
            both.countDown();
            await(both);
          });
    }
    assertTrue(both.await(30, TimeUnit.SECONDS));
  }

  @Test
  void whoWaitsNoLongerLeavesNoThreadTooMany() throws InterruptedException {
    for (int waiting = 0; waiting < 10; waiting++) {
      startOneThatWaits();
    }
    end.countDown();
    while (workers.pendingTasks() > 0) {
      Thread.onSpinWait();
    }
    CountDownLatch two = new CountDownLatch(2);
    CountDownLatch third = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    for (int task = 0; task < 2; task++) {
      workers.execute(
          () -> {
            two.countDown();
            await(goOn);
          });
    }
    workers.execute(third::countDown);
    assertTrue(two.await(30, TimeUnit.SECONDS));
    assertFalse(third.await(100, TimeUnit.MILLISECONDS), "two tasks at a time");
    goOn.countDown();
    assertTrue(third.await(30, TimeUnit.SECONDS));
  }

  @Test
  void oneTooManyIsToldAndNobodyIsHarmed() throws InterruptedException {
    for (int waiting = 0; waiting < Workers.MOST_WAITING; waiting++) {
      startOneThatWaits();
    }
    LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
    workers.execute(
        () ->
            told.add(
                assertThrows(IllegalStateException.class, workers::beginWaiting).getMessage()));
    String message = told.poll(30, TimeUnit.SECONDS);
    assertTrue(message.startsWith("256 handlers of this node wait for futures already"), message);
    workers.execute(() -> told.add("goes on"));
    assertEquals("goes on", told.poll(30, TimeUnit.SECONDS));
  }

  @Test
  void otherThreadsMayWaitAsTheyLike() {
    for (int times = 0; times <= Workers.MOST_WAITING; times++) {
      workers.beginWaiting();
    }
  }
}
