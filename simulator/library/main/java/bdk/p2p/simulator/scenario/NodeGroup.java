package bdk.p2p.simulator.scenario;

import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.message.NodeType;
import java.time.Duration;
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
 * @param bandwidth of each of their hosts; their region's if empty
 * @param seeds ids of nodes or names of groups that each of them dials at its start; all DISCOVERY
 *     nodes if empty; DISCOVERY nodes dial nobody by themselves
 * @param startsAfter from the beginning of the run to the start of the first of them
 * @param startsEvery between the starts of two of them
 * @param options the bounds and times of each of them
 */
public record NodeGroup(
    String name,
    int count,
    NodeType type,
    Optional<String> region,
    Optional<Bandwidth> bandwidth,
    List<String> seeds,
    Duration startsAfter,
    Duration startsEvery,
    ManagerOptions options) {
  static final int MOST_NODES = 10_000;

  /** Copies the list. */
  public NodeGroup {
    seeds = List.copyOf(seeds);
  }

  /**
   * What a host's link carries.
   *
   * @param downloadBitsPerSecond to it; 0 for no limit
   * @param uploadBitsPerSecond from it; 0 for no limit
   */
  public record Bandwidth(long downloadBitsPerSecond, long uploadBitsPerSecond) {}

  /** NORMAL or DISCOVERY nodes that start at once, anywhere, and dial the DISCOVERY nodes. */
  public static NodeGroup of(String name, int count, NodeType type, ManagerOptions options) {
    return new NodeGroup(
        name,
        count,
        type,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Duration.ZERO,
        Duration.ZERO,
        options);
  }

  /** NORMAL peers below which each looks for more. */
  public int minPeers() {
    return options.minPeers();
  }

  /** The most peers of each. */
  public int maxPeers() {
    return options.maxPeers();
  }

  /** The ids of its nodes, in order: the name alone for one, name-1 and so on for more. */
  public List<String> ids() {
    return ids(name, count);
  }

  /** True if each of its nodes dials this one at its start. */
  public boolean hasSeed(NodeGroup group, String id) {
    return seeds.isEmpty()
        ? group.type() == NodeType.DISCOVERY
        : seeds.contains(id) || seeds.contains(group.name());
  }

  static List<String> ids(String name, int count) {
    return count == 1
        ? List.of(name)
        : IntStream.rangeClosed(1, count).mapToObj(number -> name + "-" + number).toList();
  }

  /** The same with another number of nodes. */
  public NodeGroup withCount(int other) {
    return new NodeGroup(
        name, other, type, region, bandwidth, seeds, startsAfter, startsEvery, options);
  }

  /** The same in one region. */
  public NodeGroup in(String where) {
    return new NodeGroup(
        name, count, type, Optional.of(where), bandwidth, seeds, startsAfter, startsEvery, options);
  }
}
