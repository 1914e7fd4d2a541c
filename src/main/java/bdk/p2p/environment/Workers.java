package bdk.p2p.environment;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that run the application's code: as many as asked for, and one more for each of them
 * that waits for a future of its node, because it is on these threads that futures complete. Any
 * thread.
 */
final class Workers implements Executor {
  /** More may not wait: each has a thread. */
  static final int MOST_WAITING = 256;

  private static final int KEEP_ALIVE_SECONDS = 30;

  private final int threads;
  private final WorkQueue queue = new WorkQueue();
  private final ThreadPoolExecutor executor;
  private final ThreadLocal<Boolean> isOwn = ThreadLocal.withInitial(() -> false);
  private int waiting;

  /** Starts no thread yet. */
  Workers(int threads, NamedThreads names) {
    this.threads = threads;
    this.executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            KEEP_ALIVE_SECONDS,
            TimeUnit.SECONDS,
            queue,
            task -> names.newThread(() -> run(task)));
    executor.allowCoreThreadTimeOut(true);
  }

  private void run(Runnable worker) {
    isOwn.set(true);
    queue.begin();
    try {
      worker.run();
    } finally {
      queue.end();
    }
  }

  @Override
  public void execute(Runnable task) {
    executor.execute(task);
  }

  /**
   * The calling thread is about to wait for something that may have to be done here.
   *
   * @throws IllegalStateException if it is one of these, and {@value #MOST_WAITING} wait already
   */
  void beginWaiting() {
    if (isOwn.get()) {
      synchronized (this) {
        if (waiting == MOST_WAITING) {
          throw new IllegalStateException(
              MOST_WAITING
                  + " handlers of this node wait for futures already; use a stage that depends on"
                  + " it, like thenAccept");
        }
        waiting++;
        executor.setMaximumPoolSize(threads + waiting);
        executor.setCorePoolSize(threads + waiting);
      }
    }
  }

  /** The calling thread waits no longer. */
  void endWaiting() {
    if (isOwn.get()) {
      synchronized (this) {
        waiting--;
        executor.setCorePoolSize(threads + waiting);
        executor.setMaximumPoolSize(threads + waiting);
      }
    }
  }

  /** Tasks that are not finished, about. */
  int pendingTasks() {
    return queue.size() + executor.getActiveCount();
  }

  /** Takes no more tasks. */
  void shutdown() {
    executor.shutdown();
  }

  /** Interrupts those who run a task; returns what has not begun. */
  List<Runnable> shutdownNow() {
    return executor.shutdownNow();
  }

  /** True if all tasks have ended within the time. */
  boolean awaitTermination(long nanos) throws InterruptedException {
    return executor.awaitTermination(nanos, TimeUnit.NANOSECONDS);
  }
}
