package bdk.p2p.simulator.run;

import bdk.p2p.manager.Peer;
import bdk.p2p.message.Direction;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.NodeType;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Who is whose peer now, by what the nodes' listeners were told. Driver's thread only.
 *
 * <p>Two nodes are joined if each has the other for a peer: what one hands over then, the other may
 * be expected to get. A peer whose life has ended took its connections with it, though nobody has
 * told the other end yet: a handle that still leads to one of these joins nobody, until the peer
 * goes on with another connection.
 */
public final class Topology implements RunListener {
  /** What tells one connection of a peer from another. */
  private record Way(Direction direction, InetSocketAddress address) {
    private static Way of(Peer peer) {
      return new Way(peer.direction(), peer.address());
    }

    private boolean isOf(Peer peer) {
      return direction == peer.direction() && address.equals(peer.address());
    }
  }

  /**
   * A peer that a node has.
   *
   * @param gone the connection that has ended with a life of the peer's; empty if none has
   */
  private record Tie(Peer peer, long sinceNanos, Optional<Way> gone) {
    private boolean isOpen() {
      return gone.isEmpty() || !gone.get().isOf(peer);
    }

    private Tie withEndedLife() {
      return new Tie(peer, sinceNanos, Optional.of(Way.of(peer)));
    }
  }

  private final Map<NodeId, SimulatedNode> nodes = new HashMap<>();
  private final Map<SimulatedNode, Map<NodeId, Tie>> ties = new LinkedHashMap<>();

  @Override
  public void on(RunEvent event) {
    if (event instanceof RunEvent.Connected connected) {
      Tie tie = new Tie(connected.peer(), connected.nanos(), Optional.empty());
      of(connected.node()).put(connected.peer().id(), tie);
    } else if (event instanceof RunEvent.Disconnected disconnected) {
      of(disconnected.node()).remove(disconnected.peer().id());
    } else if (event instanceof RunEvent.Started started) {
      nodes.put(started.node().address(), started.node());
    } else if (event instanceof RunEvent.Ended ended) {
      of(ended.node()).clear();
      for (Map<NodeId, Tie> others : ties.values()) {
        others.computeIfPresent(ended.node().address(), (id, tie) -> tie.withEndedLife());
      }
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
      if (tie.peer().type() == NodeType.NORMAL) {
        count++;
      }
    }
    return count;
  }

  /** True if it has a NORMAL peer. */
  boolean hasNormalPeer(SimulatedNode node) {
    for (Tie tie : of(node).values()) {
      if (tie.peer().type() == NodeType.NORMAL) {
        return true;
      }
    }
    return false;
  }

  /** When a node got the other for a peer; empty if it has it not. */
  public OptionalLong since(SimulatedNode node, SimulatedNode other) {
    Tie tie = of(node).get(other.address());
    return tie == null ? OptionalLong.empty() : OptionalLong.of(tie.sinceNanos());
  }

  /** The NORMAL nodes that it takes for DISCOVERY ones, if they take it for one, too. */
  public List<SimulatedNode> mistaken(SimulatedNode node) {
    List<SimulatedNode> mistaken = new ArrayList<>();
    for (NodeId id : of(node).keySet()) {
      SimulatedNode other = nodes.get(id);
      if (other != null && isMistaken(node, other) && isMistaken(other, node)) {
        mistaken.add(other);
      }
    }
    return mistaken;
  }

  private boolean isMistaken(SimulatedNode node, SimulatedNode other) {
    Tie tie = of(node).get(other.address());
    return tie != null
        && tie.peer().type() == NodeType.DISCOVERY
        && other.type() == NodeType.NORMAL;
  }

  /** The NORMAL nodes that a node is joined with, the oldest peer first. */
  public List<SimulatedNode> joined(SimulatedNode node) {
    List<SimulatedNode> joined = new ArrayList<>();
    for (Map.Entry<NodeId, Tie> entry : of(node).entrySet()) {
      SimulatedNode other = nodes.get(entry.getKey());
      if (other != null && isJoined(node, other, entry.getValue())) {
        joined.add(other);
      }
    }
    return joined;
  }

  private boolean isJoined(SimulatedNode node, SimulatedNode other, Tie there) {
    return there.peer().type() == NodeType.NORMAL
        && there.isOpen()
        && isOpen(other, node.address());
  }

  private boolean isOpen(SimulatedNode node, NodeId other) {
    Tie tie = of(node).get(other);
    return tie != null && tie.isOpen();
  }

  /** True if two nodes have been joined since then, without a break. */
  public boolean joinedSince(SimulatedNode one, SimulatedNode other, long nanos) {
    Tie there = of(one).get(other.address());
    Tie back = of(other).get(one.address());
    return isOpen(one, other.address())
        && isOpen(other, one.address())
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
      for (Map.Entry<NodeId, Tie> entry : of(node).entrySet()) {
        SimulatedNode other = nodes.get(entry.getKey());
        // Most have been found already; what is left is asked the dearer questions.
        if (other != null
            && !found.contains(other)
            && isJoined(node, other, entry.getValue())
            && passes.test(node, other)) {
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
