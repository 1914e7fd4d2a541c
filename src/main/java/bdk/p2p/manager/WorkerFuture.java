package bdk.p2p.manager;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A future whose asynchronous dependents run on the node's workers, not on a pool of the JVM's. */
final class WorkerFuture<T> extends CompletableFuture<T> {
  private final Executor workers;

  WorkerFuture(Executor workers) {
    this.workers = workers;
  }

  @Override
  public Executor defaultExecutor() {
    return workers;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new WorkerFuture<>(workers);
  }
}
