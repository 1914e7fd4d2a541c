package bdk.p2p.simulator.world;

import java.lang.System.Logger.Level;
import java.lang.Thread.State;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Looks after the one thread of a world, in real time: when code that the world runs blocks it for
 * too long, the run is made to fail, with the stack of that code, and the thread is interrupted,
 * again and again until it goes on. What does not go on is told to the log and to whoever wants to
 * know. Code that sleeps is not given so long. Any thread.
 */
final class Watchdog implements AutoCloseable {
  /** Looks after nothing. */
  static final Watchdog NONE = new Watchdog();

  private static final System.Logger LOG = System.getLogger("bdk.p2p.simulator");
  private static final int INTERRUPTS_PER_LIMIT = 4;

  /** Nobody waits for so long, and it can be added to. */
  private static final Duration LONGEST = Duration.ofDays(365);

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** Thread.sleep may be some frames deep in itself. */
  private static final int FRAMES_OF_SLEEP = 4;

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
    this.limitNanos =
        limit.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : Math.max(1, limit.toNanos());
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
    long pause = Math.min(limitNanos / INTERRUPTS_PER_LIMIT + 1, PAUSE_NANOS);
    long last = -1;
    long since = 0;
    int interrupts = 0;
    while (!isClosedAfter(pause) && driver.isAlive()) {
      long pulse = timeline.pulse();
      State state = driver.getState();
      boolean isInside = pulse % 2 != 0;
      if (pulse != last || !isInside || !isBlocked(state)) {
        last = pulse;
        since = System.nanoTime();
        interrupts = 0;
        continue;
      }
      if (state == State.TIMED_WAITING) {
        wakeFromSleep(driver, pulse);
      }
      if (System.nanoTime() - since
          >= limitNanos + interrupts * limitNanos / INTERRUPTS_PER_LIMIT) {
        WorldFailure failure = blame(new Blocked(limitNanos, driver.getStackTrace()));
        driver.interrupt();
        if (++interrupts == INTERRUPTS_PER_LIMIT) {
          LOG.log(Level.ERROR, "the thread of the world is stuck", failure);
          stuck.accept(failure);
        }
      }
    }
  }

  private void wakeFromSleep(Thread driver, long pulse) {
    StackTraceElement[] stack = driver.getStackTrace();
    if (isSleep(stack) && timeline.pulse() == pulse) {
      blame(new Asleep(stack));
      driver.interrupt();
    }
  }

  private static boolean isSleep(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .limit(FRAMES_OF_SLEEP)
        .anyMatch(
            frame ->
                frame.getClassName().equals("java.lang.Thread")
                    && frame.getMethodName().equals("sleep"));
  }

  private WorldFailure blame(Blocked blocked) {
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
  static class Blocked extends IllegalStateException {
    private static final long serialVersionUID = 1;

    Blocked(long limitNanos, StackTraceElement[] stack) {
      this(
          "has blocked its only thread for %d ms of real time"
              .formatted(TimeUnit.NANOSECONDS.toMillis(limitNanos)),
          stack);
    }

    Blocked(String what, StackTraceElement[] stack) {
      super("code that the virtual world is running " + what + Offences.place(stack));
      setStackTrace(stack);
    }

    /** The message says it all. */
    @Override
    public String toString() {
      return getMessage();
    }
  }

  /** The stack is that of the code that sleeps. */
  private static final class Asleep extends Blocked {
    private static final long serialVersionUID = 1;

    Asleep(StackTraceElement[] stack) {
      super("has put its only thread to sleep: no virtual time passes meanwhile", stack);
    }
  }
}
