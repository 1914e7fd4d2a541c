package bdk.p2p.simulator.backend;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * The orderly end of a run over loopback: closes all nodes side by side, lets what is under way
 * come to its end, counts what is left, and then ends the processes. Driver's thread only, once.
 *
 * <p>Bounded: a minute for all nodes to close, ten seconds to settle, five for threads to end. Each
 * closing has a thread of its own, which counts as one that is left if it does not come to its end.
 */
final class LoopbackEnding {
  private static final Duration CLOSING_LIMIT = Duration.ofMinutes(1);
  private static final Duration SETTLING_LIMIT = Duration.ofSeconds(10);
  private static final Duration THREADS_LIMIT = Duration.ofSeconds(5);
  private static final long LOOK_NANOS = 5_000_000;

  private final LoopbackNetwork network;
  private final List<LoopbackMachine> machines;

  LoopbackEnding(LoopbackNetwork network, List<LoopbackMachine> machines) {
    this.network = network;
    this.machines = machines;
  }

  /** Does it. Nothing runs on the machines afterwards. */
  Leftovers leftoversAfter(List<Runnable> closings) {
    network.beginCounting();
    closeSideBySide(closings);
    Leftovers left = settled();
    machines.forEach(LoopbackMachine::beginKill);
    machines.forEach(LoopbackMachine::kill);
    return new Leftovers(
        left.channels(),
        left.connections(),
        left.timers(),
        left.planned(),
        left.bufferBytes(),
        threadsLeft());
  }

  private void closeSideBySide(List<Runnable> closings) {
    List<FutureTask<Void>> tasks = new ArrayList<>();
    for (Runnable closing : closings) {
      FutureTask<Void> task = new FutureTask<>(closing, null);
      tasks.add(task);
      Thread thread =
          new Thread(
              network.threads(), task, network.threads().getName() + "-closing-" + tasks.size());
      thread.setDaemon(true);
      thread.start();
    }
    long end = System.nanoTime() + CLOSING_LIMIT.toNanos();
    for (FutureTask<Void> task : tasks) {
      await(task, end - System.nanoTime());
    }
  }

  private static void await(FutureTask<Void> task, long limitNanos) {
    try {
      task.get(limitNanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException failure) {
      throw new CompletionException(failure.getCause());
    } catch (TimeoutException late) {
      // Its thread is alive, and will be counted.
    } catch (InterruptedException interrupt) {
      throw interrupted();
    }
  }

  /** What is left when nothing is, or when the time for that is over. */
  private Leftovers settled() {
    long end = System.nanoTime() + SETTLING_LIMIT.toNanos();
    Leftovers left = count();
    while (!left.isNothing() && System.nanoTime() - end < 0) {
      pause();
      left = count();
    }
    return left;
  }

  private Leftovers count() {
    int timers = machines.stream().mapToInt(LoopbackMachine::pendingTimers).sum();
    int tasks = machines.stream().mapToInt(LoopbackMachine::pendingTasks).sum();
    return new Leftovers(
        machines.stream().mapToInt(LoopbackMachine::openChannels).sum(),
        network.log().unfinishedCount(),
        timers,
        timers + tasks,
        network.unreleasedBytes(),
        List.of());
  }

  private List<String> threadsLeft() {
    long end = System.nanoTime() + THREADS_LIMIT.toNanos();
    List<String> left = alive();
    while (!left.isEmpty() && System.nanoTime() - end < 0) {
      pause();
      left = alive();
    }
    return left;
  }

  private List<String> alive() {
    ThreadGroup group = network.threads();
    Thread[] threads = new Thread[2 * group.activeCount() + 16];
    int count = group.enumerate(threads);
    return Arrays.stream(threads, 0, count).map(Thread::getName).sorted().toList();
  }

  private static void pause() {
    LockSupport.parkNanos(LOOK_NANOS);
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted();
    }
  }

  private static CancellationException interrupted() {
    Thread.currentThread().interrupt();
    return new CancellationException("the run was interrupted");
  }
}
