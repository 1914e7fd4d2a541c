package bdk.p2p.simulator.world;

import bdk.p2p.simulator.world.VirtualTask.Repetition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The timers of one node process, on the world's agenda. As {@code ScheduledThreadPoolExecutor}
 * does, a shutdown lets delayed tasks run and ends periodic ones; unlike it, a task of {@link
 * #execute} that throws fails the world's run, and any that throws an {@code Error} fails that of a
 * strict world.
 */
final class VirtualScheduler extends AbstractExecutorService implements ScheduledExecutorService {
  private final Timeline timeline;
  private final Life life;
  // In order of submission; tasks are equal to nothing but themselves.
  private final Map<VirtualTask<?>, Agenda.Entry> pending = new LinkedHashMap<>();
  private boolean shutDown;

  VirtualScheduler(Timeline timeline, Life life) {
    this.timeline = timeline;
    this.life = life;
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return schedule(Executors.callable(command), delay, unit);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    return add(new VirtualTask<>(this, callable, due(delay, unit), Repetition.ONCE, 0));
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    return repeatedly(command, initialDelay, period, unit, Repetition.FIXED_RATE);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    return repeatedly(command, initialDelay, delay, unit, Repetition.FIXED_DELAY);
  }

  @Override
  public void execute(Runnable command) {
    Objects.requireNonNull(command, "command");
    if (command instanceof VirtualTask<?> submitted) {
      add(submitted);
    } else {
      add(new VirtualTask<>(this, () -> runUnguarded(command)));
    }
  }

  @Override
  public void shutdown() {
    timeline.assertDriver();
    shutDown = true;
    tasks().stream().filter(VirtualTask::isPeriodic).forEach(task -> task.cancel(false));
  }

  @Override
  public List<Runnable> shutdownNow() {
    timeline.assertDriver();
    shutDown = true;
    List<VirtualTask<?>> never = tasks();
    never.forEach(this::forget);
    return List.copyOf(never);
  }

  @Override
  public boolean isShutdown() {
    return shutDown;
  }

  @Override
  public boolean isTerminated() {
    return shutDown && (pending.isEmpty() || life.isOver());
  }

  /** Drives the world until the last task has run; not from inside it, unless there is none. */
  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return isTerminated()
        || timeline.runWhile(() -> !isTerminated(), timeline.after(unit.toNanos(timeout)));
  }

  @Override
  public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks) {
    throw blocking("invokeAll");
  }

  @Override
  public <T> List<Future<T>> invokeAll(
      Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) {
    throw blocking("invokeAll");
  }

  @Override
  public <T> T invokeAny(Collection<? extends Callable<T>> tasks) {
    throw blocking("invokeAny");
  }

  @Override
  public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) {
    throw blocking("invokeAny");
  }

  @Override
  protected <T> RunnableFuture<T> newTaskFor(Callable<T> callable) {
    return new VirtualTask<>(this, callable);
  }

  @Override
  protected <T> RunnableFuture<T> newTaskFor(Runnable runnable, T value) {
    return new VirtualTask<>(this, Executors.callable(runnable, value));
  }

  long now() {
    return timeline.now();
  }

  int pendingCount() {
    return pending.size();
  }

  /** A task has thrown what nobody is to catch. */
  void failed(Throwable thrown) {
    timeline.offences().note(thrown);
  }

  /** A periodic task has run and wants to run again. */
  void repeat(VirtualTask<?> task) {
    if (!shutDown && !task.isCancelled()) {
      put(task);
    }
  }

  void forget(VirtualTask<?> task) {
    Agenda.Entry entry = pending.remove(task);
    if (entry != null) {
      entry.cancel();
    }
  }

  private ScheduledFuture<?> repeatedly(
      Runnable command, long initialDelay, long period, TimeUnit unit, Repetition repetition) {
    if (period <= 0) {
      throw new IllegalArgumentException("a period of " + period + " " + unit);
    }
    Callable<Object> callable = Executors.callable(command);
    long first = due(initialDelay, unit);
    return add(new VirtualTask<>(this, callable, first, repetition, unit.toNanos(period)));
  }

  private <V> VirtualTask<V> add(VirtualTask<V> task) {
    timeline.assertDriver();
    if (shutDown) {
      throw new RejectedExecutionException("the timers of " + life.name() + " have ended");
    }
    put(task);
    return task;
  }

  private void put(VirtualTask<?> task) {
    pending.put(task, timeline.at(task.dueNanos(), life, () -> run(task)));
  }

  private void run(VirtualTask<?> task) {
    pending.remove(task);
    task.run();
  }

  /**
   * Nobody holds the future, so a failure would be lost: it goes on the agenda, and fails there.
   */
  private Void runUnguarded(Runnable command) {
    try {
      command.run();
    } catch (RuntimeException | Error thrown) {
      timeline.failSoon(life, thrown);
    }
    return null;
  }

  private long due(long delay, TimeUnit unit) {
    return timeline.after(unit.toNanos(delay));
  }

  private List<VirtualTask<?>> tasks() {
    return new ArrayList<>(pending.keySet());
  }

  IllegalStateException blocking(String method) {
    return timeline.offences().refuse(method + " would block the only thread of a virtual world");
  }
}
