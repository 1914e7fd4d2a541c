package bdk.p2p.manager;

import bdk.p2p.environment.Environment;
import bdk.p2p.message.Answer;
import bdk.p2p.message.Command;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.RequestOutcome;
import bdk.p2p.session.RequestWaiter;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The caller's end of one request. Settles once; whoever settles it first decides. Completes on a
 * worker, or where it settles if its dependents are light; asynchronous ones default to workers.
 * Any thread.
 */
final class RequestFuture extends WorkerFuture<Answer> {
  private final NodeId peer;
  private final Command command;
  private final boolean light;
  private final Consumer<RequestOutcome> counted;
  private final AtomicBoolean settled = new AtomicBoolean();
  private volatile Runnable onCancel = () -> {};

  RequestFuture(
      NodeId peer,
      Command command,
      boolean light,
      Environment environment,
      Consumer<RequestOutcome> counted) {
    super(environment);
    this.peer = peer;
    this.command = command;
    this.light = light;
    this.counted = counted;
  }

  /** What the session holds of it. */
  RequestWaiter waiter() {
    return new RequestWaiter() {
      @Override
      public boolean isDone() {
        return settled.get();
      }

      @Override
      public void settle(RequestOutcome outcome, Answer answer) {
        RequestFuture.this.settle(outcome, answer);
      }
    };
  }

  /** What to do if the caller cancels it. */
  void onCancel(Runnable action) {
    onCancel = action;
  }

  void settle(RequestOutcome outcome, Answer answer) {
    if (!settled.compareAndSet(false, true)) {
      return;
    }
    counted.accept(outcome);
    Runnable completion =
        outcome == RequestOutcome.ANSWERED
            ? () -> complete(answer)
            : () -> completeExceptionally(new RequestException(outcome, peer, command, ""));
    if (light) {
      completion.run();
      return;
    }
    try {
      defaultExecutor().execute(completion);
    } catch (RejectedExecutionException stopped) {
      completion.run();
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    if (settled.compareAndSet(false, true)) {
      counted.accept(RequestOutcome.CANCELLED);
      onCancel.run();
      return super.cancel(mayInterruptIfRunning);
    }
    return isCancelled();
  }
}
