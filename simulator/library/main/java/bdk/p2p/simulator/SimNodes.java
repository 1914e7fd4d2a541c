package bdk.p2p.simulator;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Some nodes of a simulation, in order. Immutable. */
public final class SimNodes implements Iterable<SimNode> {
  private final List<SimNode> nodes;

  SimNodes(List<SimNode> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  /** Just these. */
  public static SimNodes of(SimNode... nodes) {
    return new SimNodes(List.of(nodes));
  }

  /** The node at this place, from 0. */
  public SimNode get(int place) {
    return nodes.get(place);
  }

  /** How many. */
  public int size() {
    return nodes.size();
  }

  /** The first so many. */
  public SimNodes first(int count) {
    return new SimNodes(nodes.subList(0, count));
  }

  /** Those for which something is true. */
  public SimNodes where(Predicate<SimNode> condition) {
    return new SimNodes(nodes.stream().filter(condition).toList());
  }

  /** Those that are up. */
  public SimNodes up() {
    return where(SimNode::isUp);
  }

  /** These and the others, each once. */
  public SimNodes and(SimNodes others) {
    Set<SimNode> all = new LinkedHashSet<>(nodes);
    all.addAll(others.nodes);
    return new SimNodes(new ArrayList<>(all));
  }

  /** These without the others. */
  public SimNodes without(SimNodes others) {
    return where(node -> !others.nodes.contains(node));
  }

  /** One after the other. */
  public Stream<SimNode> stream() {
    return nodes.stream();
  }

  @Override
  public Iterator<SimNode> iterator() {
    return nodes.iterator();
  }

  /** {@code [player-1, player-2]}. */
  @Override
  public String toString() {
    return nodes.toString();
  }
}
