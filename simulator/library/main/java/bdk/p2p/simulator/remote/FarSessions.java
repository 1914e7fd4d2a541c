package bdk.p2p.simulator.remote;

import bdk.p2p.message.Direction;
import bdk.p2p.message.NodeId;
import bdk.p2p.simulator.backend.ConnectionRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sessions of a run, as their two ends tell of them. Any thread; guarded by this. The two ends
 * of a session are those of a pair of nodes that were open at one time. Where two nodes have
 * dialled each other, each may have told of the dial of its own before one of the two was given up.
 */
final class FarSessions {
  private record Pair(int lower, int higher) {}

  /** One end of a session. */
  private static final class End {
    final long fromNanos;
    final boolean isDialler;
    long untilNanos = Long.MAX_VALUE;

    End(long fromNanos, boolean isDialler) {
      this.fromNanos = fromNanos;
      this.isDialler = isDialler;
    }

    boolean isOpen() {
      return untilNanos == Long.MAX_VALUE;
    }
  }

  private static final class Ends {
    final List<End> atLower = new ArrayList<>();
    final List<End> atHigher = new ArrayList<>();
  }

  private final Map<NodeId, Integer> machines = new LinkedHashMap<>();
  private final Map<Pair, Ends> pairs = new LinkedHashMap<>();
  private final Map<FarPeer, End> open = new LinkedHashMap<>();
  private final Map<FarPeer, Integer> owners = new LinkedHashMap<>();

  /** Who is where. */
  synchronized void machine(int index, NodeId address) {
    machines.put(address, index);
  }

  synchronized void opened(int node, FarPeer peer, long nanos) {
    Integer other = machines.get(peer.id());
    if (other == null) {
      return;
    }
    Pair pair = new Pair(Math.min(node, other), Math.max(node, other));
    Ends ends = pairs.computeIfAbsent(pair, unknown -> new Ends());
    End end = new End(nanos, peer.direction() == Direction.OUTBOUND);
    (node < other ? ends.atLower : ends.atHigher).add(end);
    open.put(peer, end);
    owners.put(peer, node);
  }

  synchronized void closed(int node, FarPeer peer, long nanos) {
    End end = open.remove(peer);
    owners.remove(peer);
    if (end != null) {
      end.untilNanos = nanos;
    }
  }

  /** A node has ended without a word. */
  synchronized void ended(int node, long nanos) {
    List<FarPeer> its =
        owners.entrySet().stream()
            .filter(one -> one.getValue() == node)
            .map(Map.Entry::getKey)
            .toList();
    its.forEach(peer -> closed(node, peer, nanos));
  }

  /** Sessions that both ends have open. */
  synchronized int openCount() {
    int count = 0;
    for (Ends ends : pairs.values()) {
      if (ends.atLower.stream().anyMatch(End::isOpen)
          && ends.atHigher.stream().anyMatch(End::isOpen)) {
        count++;
      }
    }
    return count;
  }

  /** Every session that both ends have told of, until now if it is open. */
  synchronized List<ConnectionRecord> all(long nowNanos) {
    List<ConnectionRecord> all = new ArrayList<>();
    pairs.forEach(
        (pair, ends) -> {
          for (End one : ends.atLower) {
            for (End other : ends.atHigher) {
              if (meet(one, other)) {
                all.add(joined(pair, one, other, nowNanos));
              }
            }
          }
        });
    return all;
  }

  private static ConnectionRecord joined(Pair pair, End lower, End higher, long nowNanos) {
    long from = Math.min(lower.fromNanos, higher.fromNanos);
    return new ConnectionRecord(
        lower.isDialler ? pair.lower() : pair.higher(),
        lower.isDialler ? pair.higher() : pair.lower(),
        from,
        from,
        Math.min(Math.max(lower.untilNanos, higher.untilNanos), nowNanos));
  }

  private static boolean meet(End one, End other) {
    return Math.max(one.fromNanos, other.fromNanos) <= Math.min(one.untilNanos, other.untilNanos);
  }
}
