package bdk.p2p.simulator.scenario;

import bdk.p2p.message.NodeType;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * A network and what happens to it. Immutable.
 *
 * @param name the name it is listed under
 * @param description one sentence for people
 * @param regions where nodes can be, and what lies between them
 * @param groups the nodes
 * @param warmUp virtual time in which nodes find each other before the workload begins
 * @param duration virtual time of the workload
 * @param coolDown virtual time in which what is under way arrives
 * @param workload what the nodes do
 * @param crashes which nodes crash and return
 * @param bounds what must hold
 */
public record Scenario(
    String name,
    String description,
    RegionModel regions,
    List<NodeGroup> groups,
    Duration warmUp,
    Duration duration,
    Duration coolDown,
    Workload workload,
    List<Crash> crashes,
    Bounds bounds) {
  /** Copies the lists. */
  public Scenario {
    groups = List.copyOf(groups);
    crashes = List.copyOf(crashes);
  }

  /** From the first node's start to the end. */
  public Duration total() {
    return warmUp.plus(duration).plus(coolDown);
  }

  /** All nodes. */
  public int nodeCount() {
    return groups.stream().mapToInt(NodeGroup::count).sum();
  }

  /**
   * The same with another number of nodes in the largest group of NORMAL nodes.
   *
   * @throws ScenarioException if that leaves fewer NORMAL nodes than are to crash
   */
  public Scenario withNormalNodes(int count) {
    NodeGroup largest =
        groups.stream()
            .filter(group -> group.type() == NodeType.NORMAL)
            .max(Comparator.comparingInt(NodeGroup::count))
            .orElseThrow(() -> new ScenarioException(name + " has no NORMAL nodes to count"));
    List<NodeGroup> others =
        groups.stream().map(group -> group == largest ? group.withCount(count) : group).toList();
    int normal =
        others.stream()
            .filter(group -> group.type() == NodeType.NORMAL)
            .mapToInt(NodeGroup::count)
            .sum();
    for (Crash crash : crashes) {
      if (crash.nodes() > normal) {
        throw new ScenarioException(
            name + " crashes " + crash.nodes() + " nodes, more than the " + normal + " there are");
      }
    }
    return new Scenario(
        name, description, regions, others, warmUp, duration, coolDown, workload, crashes, bounds);
  }
}
