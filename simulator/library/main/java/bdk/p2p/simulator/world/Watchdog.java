package bdk.p2p.simulator.world;

import java.lang.System.Logger.Level;
import java.lang.Thread.State;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Looks after the one thread of a world, in real time: when code that the world runs blocks it for
 * too long, the run is made to fail, with the stack of that code, and the thread is interrupted,
 * again and again until it goes on. What does not go on is told to the log and to whoever wants to
 * know. Any thread.
 */
final class Watchdog implements AutoCloseable {
  /** Looks after nothing. */
  static final Watchdog NONE = new Watchdog();

  private static final System.Logger LOG = System.getLogger("bdk.p2p.simulator");
  private static final int LOOKS_PER_LIMIT = 4;
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final CountDownLatch closed = new CountDownLatch(1);

  private final Timeline timeline;
  private final long limitNanos;
  private final Consumer<WorldFailure> stuck;

  private Watchdog() {
    timeline = null;
    limitNanos = 0;
    stuck = failure -> {};
  }

  /**
   * For one world.
   *
   * @param limit of one block
   * @param stuck hears, on the watchdog's thread, of what goes on blocking after it was interrupted
   */
  Watchdog(Timeline timeline, Duration limit, Consumer<WorldFailure> stuck) {
    this.timeline = timeline;
    this.limitNanos = Math.max(1, limit.toNanos());
    this.stuck = stuck;
  }

  /** Begins to look. */
  Watchdog start() {
    Thread thread = new Thread(this::look, "bdk-p2p-simulator-watchdog");
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  private void look() {
    Thread driver = timeline.driver();
    long pause = Math.min(limitNanos / LOOKS_PER_LIMIT + 1, SECOND_NANOS);
    long last = -1;
    long since = 0;
    int interrupts = 0;
    while (!isClosedAfter(pause) && driver.isAlive()) {
      long pulse = timeline.pulse();
      boolean isInside = pulse % 2 != 0;
      if (pulse != last || !isInside || !isBlocked(driver.getState())) {
        last = pulse;
        since = System.nanoTime();
        interrupts = 0;
      } else if (System.nanoTime() - since >= limitNanos) {
        WorldFailure failure = blame(driver.getStackTrace());
        driver.interrupt();
        if (++interrupts == LOOKS_PER_LIMIT) {
          LOG.log(Level.ERROR, "the thread of the world is stuck", failure);
          stuck.accept(failure);
        }
      }
    }
  }

  private WorldFailure blame(StackTraceElement[] stack) {
    Blocked blocked = new Blocked(limitNanos, stack);
    timeline.offences().note(blocked);
    return timeline.failure(blocked);
  }

  private boolean isClosedAfter(long nanos) {
    try {
      return closed.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException end) {
      return true;
    }
  }

  private static boolean isBlocked(State state) {
    return state == State.WAITING || state == State.TIMED_WAITING || state == State.BLOCKED;
  }

  @Override
  public void close() {
    closed.countDown();
  }

  /** The stack is that of the code that blocks. */
  static final class Blocked extends IllegalStateException {
    private static final long serialVersionUID = 1;

    Blocked(long limitNanos, StackTraceElement[] stack) {
      super(
          "code that the virtual world is running has blocked its only thread for "
              + TimeUnit.NANOSECONDS.toMillis(limitNanos)
              + " ms of real time"
              + Offences.place(stack));
      setStackTrace(stack);
    }

    /** The message says it all. */
    @Override
    public String toString() {
      return getMessage();
    }
  }
}
