package bdk.p2p.simulator.scenario;

import bdk.p2p.message.NodeType;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Nodes that are alike.
 *
 * @param name the beginning of their ids
 * @param count how many, 1 to 10,000
 * @param type what they serve
 * @param region where they are; spread over all regions by share if empty
 * @param minPeers NORMAL peers below which each looks for more
 * @param maxPeers the most peers of each
 */
public record NodeGroup(
    String name, int count, NodeType type, Optional<String> region, int minPeers, int maxPeers) {
  /** The ids of its nodes, in order: the name alone for one, name-1 and so on for more. */
  public List<String> ids() {
    return ids(name, count);
  }

  static List<String> ids(String name, int count) {
    return count == 1
        ? List.of(name)
        : IntStream.rangeClosed(1, count).mapToObj(number -> name + "-" + number).toList();
  }

  NodeGroup withCount(int other) {
    return new NodeGroup(name, other, type, region, minPeers, maxPeers);
  }
}
