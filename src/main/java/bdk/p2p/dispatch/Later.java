package bdk.p2p.dispatch;

import io.netty.util.concurrent.Future;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Waits for a handler's later result: the result, its failure or the deadline, whichever comes
 * first, and only that. Any thread.
 */
final class Later<T> {
  /** What becomes of it; exactly one of the first four is called, on whatever thread it happens. */
  interface End<T> {
    /** The result was there at once, before {@link Later#await} has returned. */
    void result(T value);

    /** The result came later. */
    void laterResult(T value);

    void failed(Throwable cause);

    void late();

    /** The stage has ended after all, after {@link #late}. */
    void overdue();
  }

  private final AtomicBoolean ended = new AtomicBoolean();
  private final End<T> end;

  Later(End<T> end) {
    this.end = end;
  }

  void await(CompletionStage<T> stage, Supplier<Future<?>> timer) {
    if (stage.toCompletableFuture().isDone()) {
      stage.whenComplete((value, failure) -> completed(value, failure, true));
      return;
    }
    Future<?> deadline = timer.get();
    stage.whenComplete(
        (value, failure) -> {
          deadline.cancel(false);
          completed(value, failure, false);
        });
  }

  private void completed(T value, Throwable failure, boolean atOnce) {
    if (!ended.compareAndSet(false, true)) {
      end.overdue();
      return;
    }
    if (failure != null) {
      end.failed(failure);
    } else if (atOnce) {
      end.result(value);
    } else {
      end.laterResult(value);
    }
  }

  void expire() {
    if (ended.compareAndSet(false, true)) {
      end.late();
    }
  }
}
