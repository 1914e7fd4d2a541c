package bdk.p2p.simulator.world;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The entries of an agenda as a heap with four children a place. Their instants lie side by side in
 * an array, so that most comparisons touch no entry: in a large network each would be a cache miss.
 * The driver's thread only.
 */
final class EntryHeap {
  private static final int CHILDREN = 4;

  private long[] nanos = new long[64];
  private Agenda.Entry[] entries = new Agenda.Entry[64];
  private int count;

  void add(Agenda.Entry entry) {
    if (count == entries.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
      entries = Arrays.copyOf(entries, 2 * count);
    }
    long instant = entry.nanos();
    int place = count++;
    while (place > 0) {
      int parent = (place - 1) / CHILDREN;
      if (!isBefore(entry, instant, parent)) {
        break;
      }
      move(parent, place);
      place = parent;
    }
    put(place, entry, instant);
  }

  /** The earliest, or null if there is none. */
  Agenda.Entry first() {
    return entries[0];
  }

  /** Takes the earliest out; not to be called when there is none. */
  void removeFirst() {
    Agenda.Entry last = entries[--count];
    entries[count] = null;
    if (count == 0) {
      return;
    }
    long instant = nanos[count];
    int place = 0;
    while (CHILDREN * place + 1 < count) {
      int child = earliestChild(place);
      if (isBefore(last, instant, child)) {
        break;
      }
      move(child, place);
      place = child;
    }
    put(place, last, instant);
  }

  /** Every entry, in no order. */
  Stream<Agenda.Entry> all() {
    return Arrays.stream(entries, 0, count);
  }

  void clear() {
    Arrays.fill(entries, null);
    count = 0;
  }

  private int earliestChild(int place) {
    int child = CHILDREN * place + 1;
    int end = Math.min(child + CHILDREN, count);
    int earliest = child;
    while (++child < end) {
      if (isBefore(entries[child], nanos[child], earliest)) {
        earliest = child;
      }
    }
    return earliest;
  }

  private boolean isBefore(Agenda.Entry entry, long instant, int place) {
    return instant < nanos[place] || instant == nanos[place] && entry.isBefore(entries[place]);
  }

  private void move(int from, int to) {
    put(to, entries[from], nanos[from]);
  }

  private void put(int place, Agenda.Entry entry, long instant) {
    nanos[place] = instant;
    entries[place] = entry;
  }
}
