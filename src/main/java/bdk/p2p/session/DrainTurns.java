package bdk.p2p.session;

import io.netty.channel.EventLoop;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * When a session's queue is drained: soon after something was handed in, and at most once between
 * two looks at the sockets, or an application that sends without a pause would keep this node from
 * reading. Any thread asks, the event loop drains.
 */
final class DrainTurns {
  private final EventLoop loop;
  private final Runnable drain;
  private final Runnable turn = this::turn;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private boolean readsFirst;

  DrainTurns(EventLoop loop, Runnable drain) {
    this.loop = loop;
    this.drain = drain;
  }

  /**
   * Drains soon what has been handed in before this call. Any thread.
   *
   * @throws RejectedExecutionException if the loop has ended
   */
  void schedule() {
    // Looked at first: a look costs nothing while it is so.
    if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
      try {
        loop.execute(turn);
      } catch (RejectedExecutionException loopHasEnded) {
        // Before the caller disposes of the queue: whoever adds later has to hear of it, too.
        scheduled.set(false);
        throw loopHasEnded;
      }
    }
  }

  /** The loop has looked at this session's socket. Event loop only. */
  void socketWasRead() {
    readsFirst = false;
  }

  private void turn() {
    if (readsFirst) {
      readsFirst = false;
      // A timer, though of no time, comes after the loop has looked at its sockets.
      loop.schedule(turn, 0, TimeUnit.NANOSECONDS);
      return;
    }
    readsFirst = true;
    // Before the queue is read: whoever adds later schedules anew.
    scheduled.set(false);
    drain.run();
  }
}
