package bdk.p2p.simulator.backend;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting with a bound, for what happens in real time. */
public final class Await {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final long LOOK_NANOS = 500_000;

  private Await() {}

  /** Looks again and again until the condition holds; fails with the text if it never does. */
  public static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("never came: " + what);
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** True if the condition stayed true for so long; looks again and again. */
  public static boolean holdsFor(Duration time, BooleanSupplier condition) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0) {
      if (!condition.getAsBoolean()) {
        return false;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return true;
  }

  /** The end of every thread of a loopback process. */
  public static void noThreads() {
    until(
        "the end of the threads of all processes",
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("bdk-sim-")));
  }
}
