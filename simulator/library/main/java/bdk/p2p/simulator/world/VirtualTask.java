package bdk.p2p.simulator.world;

import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.TimeUnit;

/** One task of a {@link VirtualScheduler}: its future, and the instant at which it is due. */
final class VirtualTask<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {
  private final VirtualScheduler scheduler;
  private final Repetition repetition;
  private final long periodNanos;
  private long dueNanos;

  /** Due once, as soon as it is submitted. */
  VirtualTask(VirtualScheduler scheduler, Callable<V> callable) {
    this(scheduler, callable, scheduler.now(), Repetition.ONCE, 0);
  }

  VirtualTask(
      VirtualScheduler scheduler,
      Callable<V> callable,
      long dueNanos,
      Repetition repetition,
      long periodNanos) {
    super(callable);
    this.scheduler = scheduler;
    this.dueNanos = dueNanos;
    this.repetition = repetition;
    this.periodNanos = periodNanos;
  }

  long dueNanos() {
    return dueNanos;
  }

  @Override
  public boolean isPeriodic() {
    return repetition != Repetition.ONCE;
  }

  @Override
  public void run() {
    if (!isPeriodic()) {
      super.run();
    } else if (runAndReset()) {
      long from = repetition == Repetition.FIXED_RATE ? dueNanos : scheduler.now();
      dueNanos = from + periodNanos < 0 ? Long.MAX_VALUE : from + periodNanos;
      scheduler.repeat(this);
    }
  }

  /**
   * The future keeps it, and few ask a timer's: an assertion of a test's must not be lost there.
   */
  @Override
  protected void setException(Throwable thrown) {
    super.setException(thrown);
    if (thrown instanceof Error) {
      scheduler.failed(thrown);
    }
  }

  /** Never interrupts: the one thread that runs the task is the thread that runs the world. */
  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(false);
    if (cancelled) {
      scheduler.forget(this);
    }
    return cancelled;
  }

  @Override
  public V get() throws InterruptedException, ExecutionException {
    requireDone();
    return super.get();
  }

  @Override
  public V get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException {
    return get();
  }

  @Override
  public long getDelay(TimeUnit unit) {
    return unit.convert(dueNanos - scheduler.now(), TimeUnit.NANOSECONDS);
  }

  @Override
  public int compareTo(Delayed other) {
    return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  private void requireDone() {
    if (!isDone()) {
      throw scheduler.blocking("get()");
    }
  }

  enum Repetition {
    ONCE,
    /** The next is due one period after this one was due. */
    FIXED_RATE,
    /** The next is due one period after this one has ended. */
    FIXED_DELAY
  }
}
