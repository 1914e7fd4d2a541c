package bdk.p2p.simulator.world;

import java.util.function.BooleanSupplier;

/**
 * Virtual time: the agenda, the instant that it has reached, and who is running now.
 *
 * <p>Time is in nanoseconds and starts at 1, since 0 marks "never" in places. Owned by the thread
 * that made it, the driver; any other thread is refused.
 */
final class Timeline {
  /** More events than this without time moving on is taken for an endless loop. */
  private static final int EVENTS_PER_INSTANT_LIMIT = 50_000_000;

  private final Thread driver = Thread.currentThread();
  private final Agenda agenda = new Agenda();
  private final VirtualTicker ticker = new VirtualTicker(this);
  private long now = 1;
  private int eventsAtThisInstant;
  private boolean running;
  private VirtualEventLoop current;
  // Written by a foreign thread that has already put a task into a loop's queue: nothing that
  // follows
  // would be reproducible.
  private volatile String intrusion;

  long now() {
    return now;
  }

  VirtualTicker ticker() {
    return ticker;
  }

  Thread driver() {
    return driver;
  }

  /** Adds to the agenda; an instant that has passed means now. */
  Agenda.Entry at(long nanos, Life life, Runnable action) {
    assertDriver();
    return nanos > now ? agenda.add(nanos, life, action) : agenda.addSoon(now, life, action);
  }

  /** Adds to the agenda at the current instant, behind all that is there. */
  Agenda.Entry soon(Life life, Runnable action) {
    return at(now, life, action);
  }

  /** The instant that lies a delay after now; too large a delay means the end of time. */
  long after(long delayNanos) {
    long sum = now + Math.max(0, delayNanos);
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  /**
   * Runs the next entry of the agenda, if it is due by the limit.
   *
   * @return false if nothing is due by then; time then stays where it is
   * @throws WorldFailure if the entry threw; the world can go on
   */
  boolean step(long limit) {
    assertMayDrive("step");
    assertNoIntrusion();
    Agenda.Entry entry = agenda.peek();
    if (entry == null || entry.nanos() > limit) {
      return false;
    }
    agenda.removeFirst();
    moveTo(entry);
    running = true;
    try {
      entry.run();
    } catch (Throwable thrown) {
      throw new WorldFailure(now, entry.life().name(), thrown);
    } finally {
      running = false;
      current = null;
    }
    return true;
  }

  /** Runs all that is due by the limit, then moves time there. */
  void runUntil(long limit) {
    while (step(limit)) {
      // step does it all
    }
    now = Math.max(now, limit);
  }

  /**
   * Runs while something is unfinished, but not past the limit.
   *
   * @return true if it has finished; if not, time has moved to the limit
   */
  boolean runWhile(BooleanSupplier unfinished, long limit) {
    assertMayDrive("wait");
    while (unfinished.getAsBoolean()) {
      if (!step(limit)) {
        now = Math.max(now, limit);
        return false;
      }
    }
    return true;
  }

  /**
   * True while the world is running something: a loop, a worker's task, a timer, a driver's task.
   */
  boolean isRunning() {
    return running;
  }

  /** True for the driver's thread while it is running this loop. */
  boolean isCurrent(VirtualEventLoop loop) {
    return current == loop && Thread.currentThread() == driver;
  }

  /** Runs an action as the given loop. */
  void runAs(VirtualEventLoop loop, Runnable action) {
    assertOutsideLoops();
    current = loop;
    try {
      action.run();
    } finally {
      current = null;
    }
  }

  void assertDriver() {
    if (Thread.currentThread() != driver) {
      throw new IllegalStateException(foreign());
    }
  }

  /** The caller wants to enter loops itself. */
  void assertOutsideLoops() {
    assertDriver();
    if (current != null) {
      throw new IllegalStateException("not from inside an event loop");
    }
  }

  /** Like {@link #assertDriver}, where the harm is already done: all further steps are refused. */
  void assertDriverOrCondemn() {
    if (Thread.currentThread() != driver) {
      intrusion = foreign();
      throw new IllegalStateException(intrusion);
    }
  }

  /** The caller wants to move time: not from another thread, and not from inside the world. */
  void assertMayDrive(String what) {
    assertDriver();
    if (running) {
      throw new IllegalStateException(
          "code that the virtual world is running must not "
              + what
              + ": time cannot pass inside it");
    }
  }

  /** How many entries of the agenda are still to run. */
  int plannedCount() {
    return agenda.count();
  }

  /** Forgets all that is still to come. */
  void clear() {
    agenda.clear();
  }

  private void moveTo(Agenda.Entry entry) {
    if (entry.nanos() > now) {
      now = entry.nanos();
      eventsAtThisInstant = 0;
    } else if (++eventsAtThisInstant > EVENTS_PER_INSTANT_LIMIT) {
      throw new WorldFailure(
          now, entry.life().name(), "time stands still: an endless loop of events");
    }
  }

  private void assertNoIntrusion() {
    if (intrusion != null) {
      throw new WorldFailure(now, "the world", intrusion);
    }
  }

  private String foreign() {
    return "a virtual world belongs to the thread %s; %s must not touch it"
        .formatted(driver.getName(), Thread.currentThread().getName());
  }
}
