package bdk.p2p.environment;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Event loops that look at their sockets again after a few milliseconds of tasks, and close all of
 * them when they end. By default they may run tasks for a second, so that an application that sends
 * without a pause would keep its node from reading.
 */
final class FairEventLoops extends MultiThreadIoEventLoopGroup {
  private static final long MAX_TASK_MILLIS = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  FairEventLoops(int threads, ThreadFactory factory, IoHandlerFactory sockets) {
    super(threads, factory, sockets);
  }

  @Override
  protected IoEventLoop newChild(Executor executor, IoHandlerFactory sockets, Object... none) {
    return new FairEventLoop(this, executor, sockets);
  }

  /**
   * How many loops have a timer. Waits for the loops, for a second in all; one that does not answer
   * by then counts. Any thread but theirs.
   */
  int withTimers() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    int count = 0;
    for (EventExecutor loop : this) {
      if (((FairEventLoop) loop).hasTimer(end - System.nanoTime())) {
        count++;
      }
    }
    return count;
  }

  private static final class FairEventLoop extends SingleThreadIoEventLoop {
    private boolean endIsNear;

    private FairEventLoop(FairEventLoops all, Executor executor, IoHandlerFactory sockets) {
      super(
          all,
          executor,
          sockets,
          Integer.MAX_VALUE,
          RejectedExecutionHandlers.reject(),
          MAX_TASK_MILLIS);
    }

    /**
     * Netty's loop asks after each look at its sockets whether it is to end, and closes them if so;
     * then it runs tasks, and asks here whether it may go. One that is told to end while it runs
     * tasks would leave its sockets open, and what their pipelines hold: so it goes around again.
     */
    @Override
    protected boolean confirmShutdown() {
      if (isShuttingDown() && !isShutdown() && !endIsNear) {
        endIsNear = true;
        // With a task to do it does not wait for its sockets.
        execute(() -> {});
        return false;
      }
      return super.confirmShutdown();
    }

    private boolean hasTimer(long limitNanos) {
      try {
        // Asked by itself: its timers are in a queue that is nobody else's.
        return submit(() -> nextScheduledTaskDeadlineNanos() >= 0)
            .get(limitNanos, TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException hasEnded) {
        return false;
      } catch (ExecutionException | TimeoutException noAnswer) {
        return true;
      } catch (InterruptedException interrupt) {
        Thread.currentThread().interrupt();
        return true;
      }
    }
  }
}
