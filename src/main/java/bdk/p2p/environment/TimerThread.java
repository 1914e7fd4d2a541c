package bdk.p2p.environment;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;

/** The one thread that runs timers, started when first needed. Any thread. */
final class TimerThread extends ScheduledThreadPoolExecutor {
  private volatile Thread running;

  TimerThread(ThreadFactory threads) {
    super(1, threads);
    setRemoveOnCancelPolicy(true);
    setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  protected void beforeExecute(Thread thread, Runnable task) {
    super.beforeExecute(thread, task);
    running = thread;
  }

  @Override
  protected void afterExecute(Runnable task, Throwable cause) {
    running = null;
    super.afterExecute(task, cause);
  }

  /** Forgets what waits and interrupts what runs, unless it is what calls this. */
  void end() {
    if (Thread.currentThread() == running) {
      shutdown();
    } else {
      shutdownNow();
    }
  }
}
