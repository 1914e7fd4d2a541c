package bdk.p2p.manager;

import bdk.p2p.environment.Environment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A future whose asynchronous dependents run on the node's workers, not on a pool of the JVM's. Who
 * blocks on it asks the environment first, since in a virtual world time would stand still for
 * ever. Any thread.
 */
class WorkerFuture<T> extends CompletableFuture<T> {
  private final Environment environment;

  WorkerFuture(Environment environment) {
    this.environment = environment;
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
    environment.blockingNanos(this, Long.MAX_VALUE);
    return super.get();
  }

  @Override
  public final T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    long nanos = environment.blockingNanos(this, unit.toNanos(timeout));
    return super.get(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public final T join() {
    environment.blockingNanos(this, Long.MAX_VALUE);
    return super.join();
  }
}
