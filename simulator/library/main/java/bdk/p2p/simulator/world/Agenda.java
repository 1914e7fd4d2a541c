package bdk.p2p.simulator.world;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.stream.Stream;

/**
 * What is still to happen, in order of virtual time and, within one instant, in the order in which
 * it was added. The driver's thread only.
 */
final class Agenda {
  private final EntryHeap later = new EntryHeap();
  // Most entries are for the current instant: they are in order as they come.
  private final Queue<Entry> soon = new ArrayDeque<>();
  private long nextSequence;

  Entry add(long nanos, Life life, Runnable action) {
    Entry entry = new Entry(nanos, nextSequence++, life, action, false);
    later.add(entry);
    return entry;
  }

  /** Adds what is to run between the events of the world rather than as one of them. */
  Entry addOutside(long nanos, Life life, Runnable action) {
    Entry entry = new Entry(nanos, nextSequence++, life, action, true);
    later.add(entry);
    return entry;
  }

  /** As {@link #add}, for the current instant: never an earlier one than in the call before. */
  Entry addSoon(long nanos, Life life, Runnable action) {
    Entry entry = new Entry(nanos, nextSequence++, life, action, false);
    soon.add(entry);
    return entry;
  }

  /** The first entry that is still to run, or null if there is none. */
  Entry peek() {
    Entry first = first();
    while (first != null && first.isVoid()) {
      removeFirst();
      first = first();
    }
    return first;
  }

  /** Removes the entry that {@link #peek} has just returned. */
  void removeFirst() {
    if (soon.peek() == first()) {
      soon.remove();
    } else {
      later.removeFirst();
    }
  }

  /** Entries that are still to run. */
  int count() {
    return (int) Stream.concat(later.all(), soon.stream()).filter(entry -> !entry.isVoid()).count();
  }

  void clear() {
    later.clear();
    soon.clear();
  }

  private Entry first() {
    Entry now = soon.peek();
    Entry next = later.first();
    return now == null || next != null && next.isBefore(now) ? next : now;
  }

  /** One thing to do at one instant, unless it is cancelled or its life ends before. */
  static final class Entry {
    private final long nanos;
    private final long sequence;
    private final Life life;
    private final boolean outside;
    private Runnable action;

    private Entry(long nanos, long sequence, Life life, Runnable action, boolean outside) {
      this.nanos = nanos;
      this.sequence = sequence;
      this.life = life;
      this.action = action;
      this.outside = outside;
    }

    long nanos() {
      return nanos;
    }

    Life life() {
      return life;
    }

    boolean isOutside() {
      return outside;
    }

    void run() {
      action.run();
    }

    /** Lets go of the action at once; the empty entry leaves the agenda when its instant comes. */
    void cancel() {
      action = null;
    }

    boolean isBefore(Entry other) {
      return nanos < other.nanos || nanos == other.nanos && sequence < other.sequence;
    }

    private boolean isVoid() {
      return action == null || life.isOver();
    }
  }
}
