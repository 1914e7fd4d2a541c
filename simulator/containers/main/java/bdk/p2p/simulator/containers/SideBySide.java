package bdk.p2p.simulator.containers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Does the same to many things, a few at a time. No state. */
final class SideBySide {
  private static final int AT_A_TIME = 6;

  private SideBySide() {}

  /** Returns when all is done; throws the first failure. */
  static <T> void run(List<T> things, Consumer<T> action) {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            AT_A_TIME,
            task -> {
              Thread thread = new Thread(task, "bdk-sim-pods");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<?>> tasks = new ArrayList<>();
      things.forEach(one -> tasks.add(threads.submit(() -> action.accept(one))));
      for (Future<?> task : tasks) {
        task.get();
      }
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(failure.getCause());
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the run was interrupted");
    } finally {
      threads.shutdownNow();
    }
  }
}
