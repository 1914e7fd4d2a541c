package bdk.p2p.simulator.run;

import bdk.p2p.message.NodeId;
import bdk.p2p.message.NodeType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Who is whose peer now, by what the nodes' listeners were told. Driver's thread only.
 *
 * <p>Two nodes are joined if each has the other for a peer: what one hands over then, the other may
 * be expected to get.
 */
public final class Topology implements RunListener {
  private record Tie(NodeType type, long sinceNanos) {}

  private final Map<NodeId, SimulatedNode> nodes = new HashMap<>();
  private final Map<SimulatedNode, Map<NodeId, Tie>> ties = new LinkedHashMap<>();

  @Override
  public void on(RunEvent event) {
    if (event instanceof RunEvent.Connected connected) {
      Tie tie = new Tie(connected.peer().type(), connected.nanos());
      of(connected.node()).put(connected.peer().id(), tie);
    } else if (event instanceof RunEvent.Disconnected disconnected) {
      of(disconnected.node()).remove(disconnected.peer().id());
    } else if (event instanceof RunEvent.Started started) {
      nodes.put(started.node().address(), started.node());
    } else if (event instanceof RunEvent.Ended ended) {
      of(ended.node()).clear();
    }
  }

  private Map<NodeId, Tie> of(SimulatedNode node) {
    return ties.computeIfAbsent(node, unknown -> new LinkedHashMap<>());
  }

  /** The node of this address; empty for a machine that is none, such as a hostile peer's. */
  public Optional<SimulatedNode> node(NodeId id) {
    return Optional.ofNullable(nodes.get(id));
  }

  /** The peers of any type that a node has, whoever they are. */
  public int peers(SimulatedNode node) {
    return of(node).size();
  }

  /** The NORMAL peers that a node has, whoever they are. */
  public int normalPeers(SimulatedNode node) {
    int count = 0;
    for (Tie tie : of(node).values()) {
      if (tie.type() == NodeType.NORMAL) {
        count++;
      }
    }
    return count;
  }

  /** The NORMAL nodes that a node is joined with, the oldest peer first. */
  public List<SimulatedNode> joined(SimulatedNode node) {
    List<SimulatedNode> joined = new ArrayList<>();
    of(node)
        .forEach(
            (id, tie) -> {
              SimulatedNode other = nodes.get(id);
              if (tie.type() == NodeType.NORMAL
                  && other != null
                  && of(other).containsKey(node.address())) {
                joined.add(other);
              }
            });
    return joined;
  }

  /** True if two nodes have been joined since then, without a break. */
  public boolean joinedSince(SimulatedNode one, SimulatedNode other, long nanos) {
    Tie there = of(one).get(other.address());
    Tie back = of(other).get(one.address());
    return there != null
        && back != null
        && there.sinceNanos() <= nanos
        && back.sinceNanos() <= nanos;
  }

  /** These nodes and all that are joined with them, at first or second hand. */
  public Set<SimulatedNode> reachable(
      Iterable<SimulatedNode> from, BiPredicate<SimulatedNode, SimulatedNode> passes) {
    Set<SimulatedNode> found = new LinkedHashSet<>();
    Queue<SimulatedNode> waiting = new ArrayDeque<>();
    for (SimulatedNode start : from) {
      if (found.add(start)) {
        waiting.add(start);
      }
    }
    while (!waiting.isEmpty()) {
      SimulatedNode node = waiting.remove();
      for (SimulatedNode other : joined(node)) {
        if (!found.contains(other) && passes.test(node, other)) {
          found.add(other);
          waiting.add(other);
        }
      }
    }
    return found;
  }

  /** This node and all NORMAL nodes that are joined with it, at first or second hand. */
  public Set<SimulatedNode> reachable(SimulatedNode from) {
    return reachable(List.of(from), (one, other) -> true);
  }
}
