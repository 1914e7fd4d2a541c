package bdk.p2p.simulator.world;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/** Waits for a stage by driving the world until it is complete. The driver's thread only. */
final class AwaitedStage<T> {
  private boolean done;
  private T value;
  private Throwable failure;

  AwaitedStage(CompletionStage<T> stage) {
    stage.whenComplete(this::onComplete);
  }

  /**
   * The stage's value.
   *
   * @throws TimeoutException if it is not complete at the limit, where time then stands
   */
  T await(Timeline timeline, Duration limit) throws TimeoutException {
    if (!timeline.runWhile(() -> !done, timeline.after(nanos(limit)))) {
      throw new TimeoutException("not complete after " + limit + " of virtual time");
    }
    if (failure != null) {
      throw new CompletionException(failure);
    }
    return value;
  }

  private void onComplete(T result, Throwable thrown) {
    done = true;
    value = result;
    boolean wrapped = thrown instanceof CompletionException && thrown.getCause() != null;
    failure = wrapped ? thrown.getCause() : thrown;
  }

  private static long nanos(Duration limit) {
    try {
      return limit.toNanos();
    } catch (ArithmeticException longerThanTime) {
      return Long.MAX_VALUE;
    }
  }
}
