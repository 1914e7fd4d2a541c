package bdk.p2p.manager;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Waiting with a bound: for a condition, for an element of a queue, for a stage. */
final class Await {
  /** Longer than anything here takes on a slow machine; only a failing test waits for so long. */
  static final Duration LIMIT = Duration.ofSeconds(20);

  private static final long LOOK_NANOS = 500_000;

  private Await() {}

  /** Looks again and again until the condition holds; fails with the text if it never does. */
  static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("never came: " + what);
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** True if the condition stayed true for so long; looks again and again. */
  static boolean holdsFor(Duration time, BooleanSupplier condition) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0) {
      if (!condition.getAsBoolean()) {
        return false;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return true;
  }

  /** The next element; fails with the text if there is none in time. */
  static <T> T next(String what, BlockingQueue<T> queue) {
    return next(what, queue, any -> true);
  }

  /** The next element that the filter lets through; those before it are taken out, too. */
  static <T> T next(String what, BlockingQueue<T> queue, Predicate<T> filter) {
    long end = System.nanoTime() + LIMIT.toNanos();
    try {
      while (true) {
        T element = queue.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (element == null) {
          throw new AssertionError("never came: " + what);
        }
        if (filter.test(element)) {
          return element;
        }
      }
    } catch (InterruptedException interrupt) {
      throw new AssertionError(interrupt);
    }
  }

  /** The value of the stage. */
  static <T> T value(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(LIMIT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failure) {
      throw new AssertionError("the stage failed", failure.getCause());
    } catch (TimeoutException | InterruptedException late) {
      throw new AssertionError("the stage is still open", late);
    }
  }

  /** What the stage fails with. */
  static Throwable failure(CompletionStage<?> stage) {
    try {
      Object value = stage.toCompletableFuture().get(LIMIT.toNanos(), TimeUnit.NANOSECONDS);
      throw new AssertionError("the stage has a value: " + value);
    } catch (ExecutionException failure) {
      Throwable cause = failure.getCause();
      return cause instanceof CompletionException ? cause.getCause() : cause;
    } catch (TimeoutException | InterruptedException late) {
      throw new AssertionError("the stage is still open", late);
    }
  }
}
