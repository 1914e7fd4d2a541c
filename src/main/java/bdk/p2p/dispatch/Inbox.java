package bdk.p2p.dispatch;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The tasks of one session in their order: one at a time, on workers, also where two sessions of
 * one peer {@linkplain #takeTurns take turns}. Any thread; the fields are guarded by this, tasks
 * run outside the lock.
 *
 * <p>Bounded by the session's share: a task that belongs to a message holds a part of it. Held at
 * first, so that nothing runs for a session that is not admitted.
 */
final class Inbox {
  /** After this many tasks a worker takes up another session, */
  private static final int BATCH = 32;

  /** or after this long: one peer with slow handlers must not cost the others more. */
  private static final long SLICE_NANOS = 1_000_000;

  private final Executor workers;
  private final LongSupplier nanoTime;
  private final BooleanSupplier mayRun;
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private boolean held = true;
  private boolean running;
  private boolean braked;
  private boolean discarded;
  private Turn turn = new Turn();

  /**
   * @param nanoTime the environment's monotonic clock
   * @param mayRun false while nothing is to run; {@link #goOn} is called when that may have changed
   */
  Inbox(Executor workers, LongSupplier nanoTime, BooleanSupplier mayRun) {
    this.mayRun = mayRun;
    this.workers = workers;
    this.nanoTime = nanoTime;
  }

  /** Adds a task that holds no share, unless so many tasks wait already; about, not to the last. */
  void addIfRoom(int limit, Runnable task) {
    boolean room;
    synchronized (this) {
      room = tasks.size() < limit;
    }
    if (room) {
      add(task);
    }
  }

  void add(Runnable task) {
    synchronized (this) {
      if (discarded) {
        return;
      }
      tasks.add(task);
      if (held || running || braked) {
        return;
      }
      running = true;
    }
    start();
  }

  /** Looks again whether tasks may run, if they wait for that. */
  void goOn() {
    synchronized (this) {
      if (!braked) {
        return;
      }
      braked = false;
      if (tasks.isEmpty()) {
        return;
      }
      running = true;
    }
    start();
  }

  private boolean waits() {
    if (mayRun.getAsBoolean()) {
      return false;
    }
    synchronized (this) {
      running = false;
      braked = true;
    }
    if (mayRun.getAsBoolean()) {
      // It was called to go on before it waited.
      goOn();
    }
    return true;
  }

  /**
   * From now on its tasks run one at a time with those of another inbox. To be called before it is
   * admitted; the other one has been.
   */
  void takeTurns(Inbox other) {
    Turn common;
    synchronized (other) {
      common = other.turn;
    }
    synchronized (this) {
      if (held) {
        turn = common;
      }
    }
  }

  /** Lets the tasks run, this one first. */
  void admit(Runnable first) {
    synchronized (this) {
      if (!held || discarded) {
        return;
      }
      held = false;
      Queue<Runnable> waiting = new ArrayDeque<>(tasks);
      tasks.clear();
      tasks.add(first);
      tasks.addAll(waiting);
      running = true;
    }
    start();
  }

  /** When the workers have ended, the last news is told on the thread that brings it. */
  private void start() {
    if (!handOver()) {
      run();
    }
  }

  private boolean handOver() {
    try {
      workers.execute(this::run);
      return true;
    } catch (RejectedExecutionException stopped) {
      return false;
    }
  }

  /** Forgets what has not begun, if the session was never admitted. */
  synchronized void discardIfHeld() {
    if (held) {
      discarded = true;
      tasks.clear();
    }
  }

  private void run() {
    do {
      Turn own;
      synchronized (this) {
        own = turn;
      }
      if (!own.take(this)) {
        return;
      }
      boolean goesOn = runSome();
      own.end().ifPresent(Inbox::start);
      if (!goesOn) {
        return;
      }
    } while (!handOver());
  }

  /** It is this one's turn; true if there may be more to do. */
  private boolean runSome() {
    long end = nanoTime.getAsLong() + SLICE_NANOS;
    for (int count = 0; count < BATCH && (count == 0 || nanoTime.getAsLong() - end < 0); count++) {
      if (waits()) {
        return false;
      }
      Runnable task;
      synchronized (this) {
        task = tasks.poll();
        if (task == null) {
          running = false;
          return false;
        }
      }
      task.run();
    }
    return true;
  }
}
