package bdk.p2p.simulator.backend;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Notices threads that the thread which made it starts from then on, itself or at second hand. It
 * costs nothing as long as none is made, and what other runs of the same process do is not seen.
 */
final class ThreadWatch implements AutoCloseable {
  /** Made by Netty when it first needs it, for all runs; it ends by itself. */
  private static final String NETTYS_OWN = "globalEventExecutor";

  private final AtomicInteger made = new AtomicInteger();
  private final Set<Thread> before = alive();

  // A new thread inherits the value, and the heir is made on the thread that makes it.
  private final InheritableThreadLocal<AtomicInteger> mark =
      new InheritableThreadLocal<>() {
        @Override
        protected AtomicInteger childValue(AtomicInteger counter) {
          counter.incrementAndGet();
          return counter;
        }
      };

  ThreadWatch() {
    mark.set(made);
  }

  /** The names of threads that are alive and were not before, if any was made. */
  List<String> left() {
    if (made.get() == 0) {
      return List.of();
    }
    return alive().stream()
        .filter(thread -> !before.contains(thread))
        .map(Thread::getName)
        .filter(name -> !name.startsWith(NETTYS_OWN))
        .sorted()
        .toList();
  }

  private static Set<Thread> alive() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    Thread[] threads = new Thread[2 * group.activeCount() + 16];
    int count = group.enumerate(threads);
    return Arrays.stream(threads, 0, count).collect(Collectors.toSet());
  }

  @Override
  public void close() {
    mark.remove();
  }
}
