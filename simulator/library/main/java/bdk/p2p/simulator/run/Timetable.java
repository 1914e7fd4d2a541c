package bdk.p2p.simulator.run;

import java.time.Duration;
import java.util.PriorityQueue;

/**
 * What the runner itself has to do, and when. Done from outside the world, between its events,
 * because starting a node waits. Actions at one instant keep the order in which they were added.
 */
final class Timetable {
  private record Entry(long nanos, long sequence, Runnable action) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(nanos, other.nanos);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private long sequence;

  void at(Duration time, Runnable action) {
    entries.add(new Entry(time.toNanos(), sequence++, action));
  }

  /** Repeats the action from one time, included, to another, excluded. */
  void every(Duration interval, Duration from, Duration until, Runnable action) {
    for (Duration time = from; time.compareTo(until) < 0; time = time.plus(interval)) {
      at(time, action);
    }
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  long nextNanos() {
    return entries.element().nanos();
  }

  void runNext() {
    entries.remove().action().run();
  }
}
