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
 * of a session are those of a pair of nodes and a dialler that were open at one time.
 */
final class FarSessions {
  private record Pair(int dialler, int acceptor) {}

  /** One end of a session. */
  private static final class End {
    final long fromNanos;
    long untilNanos = Long.MAX_VALUE;

    End(long fromNanos) {
      this.fromNanos = fromNanos;
    }

    boolean isOpen() {
      return untilNanos == Long.MAX_VALUE;
    }
  }

  private static final class Ends {
    final List<End> atDialler = new ArrayList<>();
    final List<End> atAcceptor = new ArrayList<>();
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
    boolean isDialler = peer.direction() == Direction.OUTBOUND;
    Pair pair = isDialler ? new Pair(node, other) : new Pair(other, node);
    Ends ends = pairs.computeIfAbsent(pair, unknown -> new Ends());
    End end = new End(nanos);
    (isDialler ? ends.atDialler : ends.atAcceptor).add(end);
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
      if (ends.atDialler.stream().anyMatch(End::isOpen)
          && ends.atAcceptor.stream().anyMatch(End::isOpen)) {
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
          for (End one : ends.atDialler) {
            for (End other : ends.atAcceptor) {
              if (meet(one, other)) {
                long until = Math.max(one.untilNanos, other.untilNanos);
                all.add(
                    new ConnectionRecord(
                        pair.dialler(),
                        pair.acceptor(),
                        Math.min(one.fromNanos, other.fromNanos),
                        Math.min(until, nowNanos)));
              }
            }
          }
        });
    return all;
  }

  private static boolean meet(End one, End other) {
    return Math.max(one.fromNanos, other.fromNanos) <= Math.min(one.untilNanos, other.untilNanos);
  }
}
