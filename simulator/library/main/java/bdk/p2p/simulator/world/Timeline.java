package bdk.p2p.simulator.world;

import java.util.concurrent.atomic.AtomicLong;
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
  private final long seed;
  // Odd while an entry of the agenda runs; each entry has a number of its own. Read by others.
  private final AtomicLong pulse = new AtomicLong();
  private final Offences offences = new Offences();
  private Runnable afterEach = () -> {};
  private Agenda.Entry inside;

  Timeline(long seed) {
    this.seed = seed;
  }

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

  /** Lets the run fail with what was thrown where nobody would hear of it. */
  void failSoon(Life life, Throwable thrown) {
    soon(life, () -> rethrow(thrown));
  }

  private static void rethrow(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) thrown;
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
    if (entry.isOutside()) {
      runOutside(entry);
    } else {
      runInside(entry);
    }
    afterEach.run();
    return true;
  }

  private void runInside(Agenda.Entry entry) {
    running = true;
    inside = entry;
    pulse.lazySet(pulse.get() + 1);
    try {
      entry.run();
    } catch (Throwable thrown) {
      offences.forget();
      throw failure(entry, thrown);
    } finally {
      running = false;
      current = null;
      pulse.lazySet(pulse.get() + 1);
    }
    Throwable offence = offences.take();
    if (offence != null) {
      if (offence instanceof Watchdog.Blocked) {
        Thread.interrupted(); // the watchdog's doing, and done with
      }
      throw failure(entry, offence);
    }
  }

  /** It may drive the world itself, so what it runs may have failed already. */
  private void runOutside(Agenda.Entry entry) {
    try {
      entry.run();
    } catch (WorldFailure told) {
      throw told;
    } catch (Throwable thrown) {
      throw failure(entry, thrown);
    }
  }

  /** A failure of what runs now. For another thread that has just read an odd pulse. */
  WorldFailure failure(Throwable cause) {
    return failure(inside, cause);
  }

  private WorldFailure failure(Agenda.Entry entry, Throwable cause) {
    return new WorldFailure(now, entry.life().name(), seed, cause);
  }

  /** Runs something at an instant between the events of the world, where time may be moved. */
  Agenda.Entry outsideAt(long nanos, Life life, Runnable action) {
    assertDriver();
    return agenda.addOutside(Math.max(now, nanos), life, action);
  }

  /** What to do after each entry. */
  void afterEach(Runnable action) {
    afterEach = action;
  }

  /** Where code of the world that must not do something leaves a note of it. */
  Offences offences() {
    return offences;
  }

  /** Odd while an entry of the agenda runs, and another number for each. Any thread. */
  long pulse() {
    return pulse.get();
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
      throw offences.refuse(
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
          now, entry.life().name(), seed, "time stands still: an endless loop of events");
    }
  }

  private void assertNoIntrusion() {
    if (intrusion != null) {
      throw new WorldFailure(now, "the world", seed, intrusion);
    }
  }

  private String foreign() {
    return "a virtual world belongs to the thread %s; %s must not touch it"
        .formatted(driver.getName(), Thread.currentThread().getName());
  }
}
