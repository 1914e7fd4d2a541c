package bdk.p2p.simulator.run;

import java.util.PriorityQueue;

/**
 * What the runner itself has to do, and when. Done from outside the nodes, between their events,
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

  void at(long nanos, Runnable action) {
    entries.add(new Entry(nanos, sequence++, action));
  }

  /** Repeats the action from one instant, included, to another, excluded. */
  void every(long intervalNanos, long fromNanos, long untilNanos, Runnable action) {
    if (fromNanos < untilNanos) {
      at(
          fromNanos,
          () -> {
            every(intervalNanos, fromNanos + intervalNanos, untilNanos, action);
            action.run();
          });
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
