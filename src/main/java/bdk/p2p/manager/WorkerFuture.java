package bdk.p2p.manager;

import bdk.p2p.environment.Environment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * A future whose asynchronous dependents run on the node's workers, not on a pool of the JVM's. Who
 * blocks on it asks the environment first, since in a virtual world time would stand still for
 * ever, and in the real one another worker is needed to complete it. Any thread.
 */
class WorkerFuture<T> extends CompletableFuture<T> {
  private final Environment environment;

  WorkerFuture(Environment environment) {
    this.environment = environment;
  }

  /**
   * What becomes of the result of another stage; a failure stays the exception that it is, which a
   * dependent stage of the JDK's would wrap. May be cancelled without the other one.
   */
  static <T, U> WorkerFuture<U> of(
      Environment environment, CompletionStage<T> source, Function<T, U> then) {
    WorkerFuture<U> result = new WorkerFuture<>(environment);
    source.whenComplete(
        (value, failure) -> {
          if (failure != null) {
            result.completeExceptionally(failure);
            return;
          }
          try {
            result.complete(then.apply(value));
          } catch (Throwable thrown) {
            result.completeExceptionally(thrown);
          }
        });
    return result;
  }

  /** Completes with the value, or with the failure if there is one. */
  final void end(T value, Throwable failure) {
    if (failure == null) {
      complete(value);
    } else {
      completeExceptionally(failure);
    }
  }

  @Override
  public final Executor defaultExecutor() {
    return environment.workers();
  }

  @Override
  public final <U> CompletableFuture<U> newIncompleteFuture() {
    return new WorkerFuture<>(environment);
  }

  @Override
  public final T get() throws InterruptedException, ExecutionException {
    if (isDone()) {
      return super.get();
    }
    environment.blockingNanos(this, Long.MAX_VALUE);
    try {
      return super.get();
    } finally {
      environment.blockingEnded();
    }
  }

  @Override
  public final T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (isDone()) {
      return super.get(timeout, unit);
    }
    long nanos = environment.blockingNanos(this, unit.toNanos(timeout));
    try {
      return super.get(nanos, TimeUnit.NANOSECONDS);
    } finally {
      environment.blockingEnded();
    }
  }

  @Override
  public final T join() {
    if (isDone()) {
      return super.join();
    }
    environment.blockingNanos(this, Long.MAX_VALUE);
    try {
      return super.join();
    } finally {
      environment.blockingEnded();
    }
  }
}
