package bdk.p2p.simulator.world;

import java.util.PriorityQueue;

/**
 * What is still to happen, in order of virtual time and, within one instant, in the order in which
 * it was added. The driver's thread only.
 */
final class Agenda {
  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private long nextSequence;

  Entry add(long nanos, Life life, Runnable action) {
    Entry entry = new Entry(nanos, nextSequence++, life, action);
    entries.add(entry);
    return entry;
  }

  /** The first entry that is still to run, or null if there is none. */
  Entry peek() {
    Entry first = entries.peek();
    while (first != null && first.isVoid()) {
      entries.poll();
      first = entries.peek();
    }
    return first;
  }

  /** Removes the entry that {@link #peek} has just returned. */
  void removeFirst() {
    entries.poll();
  }

  void clear() {
    entries.clear();
  }

  /** One thing to do at one instant, unless it is cancelled or its life ends before. */
  static final class Entry implements Comparable<Entry> {
    private final long nanos;
    private final long sequence;
    private final Life life;
    private Runnable action;

    private Entry(long nanos, long sequence, Life life, Runnable action) {
      this.nanos = nanos;
      this.sequence = sequence;
      this.life = life;
      this.action = action;
    }

    long nanos() {
      return nanos;
    }

    Life life() {
      return life;
    }

    void run() {
      action.run();
    }

    /** Lets go of the action at once; the empty entry leaves the agenda when its instant comes. */
    void cancel() {
      action = null;
    }

    private boolean isVoid() {
      return action == null || life.isOver();
    }

    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(nanos, other.nanos);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }
}
