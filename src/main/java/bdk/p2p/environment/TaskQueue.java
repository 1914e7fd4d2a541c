package bdk.p2p.environment;

import java.util.AbstractQueue;
import java.util.Collection;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tasks in their order, counted, as a {@link java.util.concurrent.ThreadPoolExecutor} wants them.
 * Without bound: what is added has bounds of its own. Any thread, no lock.
 */
abstract class TaskQueue extends AbstractQueue<Runnable> implements BlockingQueue<Runnable> {
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicLong added = new AtomicLong();
  private final AtomicLong taken = new AtomicLong();

  /** Adds, and tells nobody. */
  final void append(Runnable task) {
    added.incrementAndGet();
    tasks.add(task);
  }

  /** How many have ever been added, or are just being. */
  final long added() {
    return added.get();
  }

  /** How many of them are here no more. */
  final long taken() {
    return taken.get();
  }

  @Override
  public final Runnable poll() {
    Runnable task = tasks.poll();
    if (task != null) {
      taken.incrementAndGet();
    }
    return task;
  }

  @Override
  public Runnable take() throws InterruptedException {
    Runnable task;
    do {
      task = poll(Long.MAX_VALUE / 2, TimeUnit.NANOSECONDS);
    } while (task == null);
    return task;
  }

  @Override
  public void put(Runnable task) {
    offer(task);
  }

  @Override
  public boolean offer(Runnable task, long time, TimeUnit unit) {
    return offer(task);
  }

  @Override
  public boolean remove(Object task) {
    boolean was = tasks.remove(task);
    if (was) {
      taken.incrementAndGet();
    }
    return was;
  }

  @Override
  public int drainTo(Collection<? super Runnable> into) {
    return drainTo(into, Integer.MAX_VALUE);
  }

  @Override
  public int drainTo(Collection<? super Runnable> into, int most) {
    int count = 0;
    for (Runnable task; count < most && (task = poll()) != null; count++) {
      into.add(task);
    }
    return count;
  }

  @Override
  public Runnable peek() {
    return tasks.peek();
  }

  @Override
  public boolean isEmpty() {
    return tasks.isEmpty();
  }

  /** About, while others add or take. */
  @Override
  public int size() {
    return (int) Math.max(0, added.get() - taken.get());
  }

  @Override
  public int remainingCapacity() {
    return Integer.MAX_VALUE;
  }

  /** For a look; removes nothing. */
  @Override
  public Iterator<Runnable> iterator() {
    Iterator<Runnable> all = tasks.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return all.hasNext();
      }

      @Override
      public Runnable next() {
        return all.next();
      }
    };
  }
}
