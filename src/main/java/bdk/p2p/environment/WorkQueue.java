package bdk.p2p.environment;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * What waits for the workers of a node, and which of them gets it. Any thread adds, without a lock
 * unless it wakes a worker; workers take.
 *
 * <p>Short tasks are done soonest by one worker that does not sleep in between; two get in each
 * other's way. A task that waits for something must not keep the next ones waiting. So:
 *
 * <pre>
 *   runs -------- no task is left ----> looks again ------ nothing ----> sleeps
 *    ^                                       |                            |  a task comes, and
 *    +----------------- a task --------------+                            |  nobody is ready, and
 *    +----------------- a task, and nobody runs -- is ready <-------------+  nobody runs or nobody
 *    |                                               | somebody runs         watches
 *    +-- a task has waited for too long -------- watches ---- nothing has waited ----> sleeps
 * </pre>
 *
 * <p>So while a task waits and some worker sleeps, another is ready or, where one runs, watches.
 * Whoever adds a task does so first and then looks who is up; whoever ceases to be up does so first
 * and then looks whether there is a task.
 */
final class WorkQueue extends TaskQueue {
  /** A task that waits behind others for so long has a worker of its own. */
  private static final long WATCH_NANOS = 100_000;

  /** Whoever watches sleeps when nothing has waited so many times. */
  private static final int QUIET_WATCHES = 10;

  private static final class Sleeper {
    private final Thread thread = Thread.currentThread();
    private volatile boolean woken;
  }

  private final AtomicInteger running = new AtomicInteger();
  // Those that will take a task at once: who looks again, and who is being woken.
  private final AtomicInteger ready = new AtomicInteger();
  private final AtomicBoolean looksAgain = new AtomicBoolean();
  private final AtomicBoolean watches = new AtomicBoolean();
  private final Patience patience = new Patience();
  // Its own lock guards it; the last one is woken first.
  private final Deque<Sleeper> sleepers = new ArrayDeque<>();
  private volatile int asleep;

  /** A worker begins. It runs whenever it is not in {@link #poll(long, TimeUnit)}. */
  void begin() {
    running.incrementAndGet();
  }

  /** A worker ends. */
  void end() {
    running.decrementAndGet();
  }

  @Override
  public boolean offer(Runnable task) {
    append(task);
    wakeIfNeeded(running.get() > 0);
    return true;
  }

  /** The next task of the calling worker; null if there is none for so long. */
  @Override
  public Runnable poll(long time, TimeUnit unit) throws InterruptedException {
    running.decrementAndGet();
    try {
      Runnable task = poll();
      if (task == null) {
        task = lookAgain();
      }
      return task != null ? task : sleep(System.nanoTime() + unit.toNanos(time));
    } finally {
      running.incrementAndGet();
    }
  }

  private Runnable lookAgain() {
    if (!looksAgain.compareAndSet(false, true)) {
      return null;
    }
    try {
      return patience.isWorthwhile() ? lookWithPatience() : null;
    } finally {
      looksAgain.set(false);
    }
  }

  private Runnable lookWithPatience() {
    ready.incrementAndGet();
    Runnable task;
    long startNanos = System.nanoTime();
    long nanos;
    int looks = 0;
    do {
      Thread.yield();
      task = poll();
      nanos = System.nanoTime() - startNanos;
      looks++;
    } while (task == null && !Patience.isOver(looks, nanos));
    if (task != null) {
      patience.found(nanos);
    } else {
      patience.foundNothing();
    }
    ready.decrementAndGet();
    handOn(task != null);
    return task;
  }

  /** To be called by whoever ceases to be ready or to watch. */
  private void handOn(boolean runs) {
    if (!isEmpty()) {
      wakeIfNeeded(runs || running.get() > 0);
    }
  }

  private void wakeIfNeeded(boolean anyRuns) {
    if (asleep > 0 && ready.get() == 0 && !(anyRuns && watches.get())) {
      wake();
    }
  }

  private void wake() {
    Sleeper last;
    synchronized (sleepers) {
      if (sleepers.isEmpty() || ready.get() > 0) {
        return;
      }
      last = sleepers.removeLast();
      asleep--;
      ready.incrementAndGet();
      last.woken = true;
    }
    LockSupport.unpark(last.thread);
  }

  private Runnable sleep(long endNanos) throws InterruptedException {
    Runnable task = null;
    while (task == null && sleepUntilWoken(endNanos)) {
      task = running.get() == 0 ? poll() : null;
      boolean isWatch = task == null && watches.compareAndSet(false, true);
      ready.decrementAndGet();
      if (isWatch) {
        try {
          task = watch();
        } finally {
          watches.set(false);
          handOn(task != null);
        }
      } else {
        handOn(task != null);
      }
    }
    return task;
  }

  /** False if the time is over; otherwise it is ready. */
  private boolean sleepUntilWoken(long endNanos) throws InterruptedException {
    Sleeper me = new Sleeper();
    synchronized (sleepers) {
      sleepers.addLast(me);
      asleep++;
    }
    handOn(false); // perhaps to itself
    while (!me.woken) {
      long left = endNanos - System.nanoTime();
      boolean isInterrupted = Thread.interrupted();
      if (!isInterrupted && left > 0) {
        LockSupport.parkNanos(this, left);
      } else if (getUp(me)) {
        if (isInterrupted) {
          throw new InterruptedException();
        }
        return false;
      } else if (isInterrupted) {
        ready.decrementAndGet();
        handOn(false);
        throw new InterruptedException();
      }
    }
    return true;
  }

  /** By itself; false if it has been woken. */
  private boolean getUp(Sleeper sleeper) {
    synchronized (sleepers) {
      boolean slept = sleepers.remove(sleeper);
      if (slept) {
        asleep--;
      }
      return slept;
    }
  }

  /** A task that nobody else takes in time; null if all have been taken for a while. */
  private Runnable watch() throws InterruptedException {
    Runnable task = null;
    for (int quiet = 0; task == null && quiet < QUIET_WATCHES; ) {
      long takenBefore = taken();
      long there = added();
      LockSupport.parkNanos(this, WATCH_NANOS);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (isEmpty()) {
        quiet++;
      } else if (running.get() == 0 || taken() == takenBefore || taken() < there) {
        task = poll();
      }
    }
    return task;
  }
}
