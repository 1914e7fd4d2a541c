package bdk.p2p.peer;

import bdk.p2p.message.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Where NORMAL nodes are said to be, and when each may be dialled again. Guarded by this. Bounded:
 * when it is full, an address at random goes for the new one, so that nobody can push a chosen one
 * out.
 *
 * <p>After each failed dial an address rests, from {@value #FIRST_REST_SECONDS} s doubling to
 * {@value #LONGEST_REST_SECONDS} s, each time shortened by up to half at random; after {@value
 * #MOST_FAILURES} failures in a row it is forgotten. Seeds are never forgotten.
 *
 * <p>After each dialled peer that went within {@value #LASTING_SECONDS} s it rests in the same way,
 * so that who takes every dial and ends it is not dialled without a pause. These are counted apart:
 * a peer that lasted ends that count, a dial that succeeded does not. Nobody is forgotten for it,
 * or the next who names the address would begin it all anew. The rest of a seed does not grow.
 *
 * <p>The addresses of the last {@value #MOST_LASTING} dialled peers that lasted are given out
 * first, so that many addresses that lead nowhere do not keep a node from those it had.
 */
public final class AddressBook {
  static final int FIRST_REST_SECONDS = 1;
  static final int LONGEST_REST_SECONDS = 60;
  static final int MOST_FAILURES = 8;
  static final int LASTING_SECONDS = 10;
  static final int MOST_LASTING = 64;

  private static final long SECOND = 1_000_000_000L;

  private static final class Entry {
    /** What all addresses share that nobody has dialled: most of a large book. */
    static final Entry UNTRIED = new Entry(false);

    final boolean seed;
    int failures;
    int shortStays;
    boolean open;
    long openSinceNanos;
    long restUntilNanos = Long.MIN_VALUE;

    Entry(boolean seed) {
      this.seed = seed;
    }
  }

  private final int limit;
  private final RandomGenerator random;
  private final Map<NodeId, Entry> entries = new HashMap<>();
  private final List<NodeId> order = new ArrayList<>();
  private final Set<NodeId> own = new HashSet<>();
  private final Set<NodeId> lasting = new LinkedHashSet<>();

  /** A book of at most this many addresses, the seeds included. */
  public AddressBook(int limit, RandomGenerator random) {
    this.limit = limit;
    this.random = random;
  }

  /** Notes an address to start from. */
  public synchronized void addSeed(NodeId id) {
    put(id, new Entry(true));
  }

  /** Notes an address that a peer told of; false if it was known or leads to this node. */
  public synchronized boolean add(NodeId id) {
    if (!id.isDialable() || own.contains(id) || entries.containsKey(id)) {
      return false;
    }
    if (entries.size() >= limit && !makeRoom()) {
      return false;
    }
    put(id, Entry.UNTRIED);
    return true;
  }

  private void put(NodeId id, Entry entry) {
    if (entries.put(id, entry) == null) {
      order.add(id);
    }
  }

  private boolean makeRoom() {
    int index = random.nextInt(order.size());
    if (entries.get(order.get(index)).seed) {
      return false;
    }
    forgetAt(index);
    return true;
  }

  private void forgetAt(int index) {
    entries.remove(order.get(index));
    lasting.remove(order.get(index));
    // The last one takes the gap: no shifting.
    order.set(index, order.get(order.size() - 1));
    order.remove(order.size() - 1);
  }

  /**
   * Never gives this address out again: it leads to this very node. Bounded by the book's own
   * limit.
   */
  public synchronized void addOwn(NodeId id) {
    if (own.size() < limit) {
      own.add(id);
    }
    int index = order.indexOf(id);
    if (index >= 0) {
      forgetAt(index);
    }
  }

  /**
   * Up to {@code most} addresses that do not rest and that the filter lets through, which is asked
   * outside the lock: those first where a peer has lasted, then others at random.
   */
  public List<NodeId> pick(int most, long nowNanos, Predicate<NodeId> filter) {
    List<NodeId> picked = new ArrayList<>();
    for (NodeId id : lasting(nowNanos)) {
      if (picked.size() < most && filter.test(id)) {
        picked.add(id);
      }
    }
    int size = count();
    // A shuffle that stops as soon as enough are found.
    for (int step = 0; step < size && picked.size() < most; step++) {
      NodeId id = shuffled(step, nowNanos);
      if (id != null && filter.test(id) && !picked.contains(id)) {
        picked.add(id);
      }
    }
    return picked;
  }

  private synchronized List<NodeId> lasting(long nowNanos) {
    List<NodeId> ready = new ArrayList<>(lasting);
    ready.removeIf(id -> entries.get(id).restUntilNanos > nowNanos);
    return ready;
  }

  /**
   * The address of this place of a shuffled order; null if it rests, or has just been taken out.
   */
  private synchronized NodeId shuffled(int step, long nowNanos) {
    int size = order.size();
    if (step >= size) {
      return null;
    }
    Collections.swap(order, step, step + random.nextInt(size - step));
    NodeId id = order.get(step);
    return entries.get(id).restUntilNanos <= nowNanos ? id : null;
  }

  /** The dial succeeded: there is a peer now. Does nothing for one that is open already. */
  public synchronized void succeeded(NodeId id, long nowNanos) {
    Entry entry = tried(id);
    if (entry != null && !entry.open) {
      entry.failures = 0;
      entry.open = true;
      entry.openSinceNanos = nowNanos;
    }
  }

  /** The peer that was dialled there has gone: if it did not last, the address rests. */
  public synchronized void ended(NodeId id, long nowNanos) {
    Entry entry = entries.get(id);
    if (entry == null || !entry.open) {
      return;
    }
    entry.open = false;
    if (nowNanos - entry.openSinceNanos < LASTING_SECONDS * SECOND) {
      entry.shortStays++;
      // The operator chose a seed, and may restart it as often as need be
      // (NetworkTest.peersComeBackToANodeThatRestartsOnItsPortTwentyTimes).
      rest(entry, entry.seed ? 1 : entry.shortStays, nowNanos);
    } else {
      entry.shortStays = 0;
      entry.restUntilNanos = Long.MIN_VALUE;
      lasting.add(id);
      if (lasting.size() > MOST_LASTING) {
        lasting.remove(lasting.iterator().next());
      }
    }
  }

  /** The dial failed: let the address rest. */
  public synchronized void failed(NodeId id, long nowNanos) {
    Entry entry = tried(id);
    if (entry == null) {
      return;
    }
    entry.failures++;
    if (entry.failures >= MOST_FAILURES && !entry.seed) {
      forgetAt(order.indexOf(id));
      return;
    }
    rest(entry, entry.failures, nowNanos);
  }

  /** The address with a state of its own; null if it is not known. */
  private Entry tried(NodeId id) {
    return entries.computeIfPresent(
        id, (same, known) -> known == Entry.UNTRIED ? new Entry(false) : known);
  }

  private void rest(Entry entry, int timesInRow, long nowNanos) {
    long seconds =
        Math.min(LONGEST_REST_SECONDS, (long) FIRST_REST_SECONDS << Math.min(timesInRow - 1, 10));
    long rest = seconds * SECOND;
    entry.restUntilNanos = nowNanos + rest / 2 + random.nextLong(rest / 2);
  }

  /** Addresses known now. */
  public synchronized int count() {
    return entries.size();
  }
}
