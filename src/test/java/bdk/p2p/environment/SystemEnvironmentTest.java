package bdk.p2p.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SystemEnvironmentTest {
  private final SystemEnvironment environment =
      new SystemEnvironment("system", Transport.NIO, 1, 1);
  private final List<String> told = new CopyOnWriteArrayList<>();

  @Test
  void timerThatClosesWaitsForTheWorkersAndIsNotInterrupted() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    environment
        .workers()
        .execute(
            () -> {
              begun.countDown();
              while (!environment.scheduler().isShutdown()) {
                Thread.onSpinWait();
              }
              told.add(outcome(300));
            });
    begun.await();
    environment.scheduler().schedule(() -> told.add("a timer"), 1, TimeUnit.HOURS);
    environment
        .scheduler()
        .execute(
            () -> {
              environment.close(Duration.ofSeconds(30));
              told.add(Thread.currentThread().isInterrupted() ? "interrupted" : "closed");
              closed.countDown();
            });
    closed.await();
    assertEquals(List.of("done", "closed"), told);
    assertTrue(environment.scheduler().awaitTermination(30, TimeUnit.SECONDS));
  }

  @Test
  void timerThatRunsAtTheCloseIsInterrupted() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    environment
        .scheduler()
        .execute(
            () -> {
              begun.countDown();
              told.add(outcome(60_000));
            });
    begun.await();
    environment.close(Duration.ofSeconds(30));
    assertTrue(environment.scheduler().awaitTermination(30, TimeUnit.SECONDS));
    assertEquals(List.of("interrupted"), told);
  }

  private static String outcome(long millis) {
    try {
      Thread.sleep(millis);
      return "done";
    } catch (InterruptedException interrupt) {
      return "interrupted";
    }
  }
}
