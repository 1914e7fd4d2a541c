package bdk.p2p.simulator.scenario;

import bdk.p2p.message.NodeType;
import bdk.p2p.simulator.fault.FaultEntry;
import bdk.p2p.simulator.fault.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A network and what happens to it. Immutable.
 *
 * @param name the name it is listed under
 * @param description one sentence for people
 * @param backend where it runs unless somebody says otherwise
 * @param regions where nodes can be, and what lies between them
 * @param groups the nodes
 * @param links what lies between groups, where it differs
 * @param warmUp from the start of the run to the beginning of the workload
 * @param duration of the workload
 * @param coolDown in which what is under way arrives
 * @param workload what the nodes do
 * @param faults what goes wrong, when
 * @param bounds what must hold
 */
public record Scenario(
    String name,
    String description,
    BackendKind backend,
    RegionModel regions,
    List<NodeGroup> groups,
    List<LinkBetween> links,
    Duration warmUp,
    Duration duration,
    Duration coolDown,
    Workload workload,
    List<FaultEntry> faults,
    Bounds bounds) {
  /** Copies the lists. */
  public Scenario {
    groups = List.copyOf(groups);
    links = List.copyOf(links);
    faults = List.copyOf(faults);
  }

  /** Begins to describe a scenario. */
  public static ScenarioBuilder named(String name) {
    return new ScenarioBuilder(name);
  }

  /** From the first node's start to the end. */
  public Duration total() {
    return warmUp.plus(duration).plus(coolDown);
  }

  /** All nodes. */
  public int nodeCount() {
    return groups.stream().mapToInt(NodeGroup::count).sum();
  }

  /** The region of each node, in the order of the groups. */
  public List<Integer> placement() {
    List<Integer> placed = new ArrayList<>();
    for (NodeGroup group : groups) {
      if (group.region().isPresent()) {
        placed.addAll(Collections.nCopies(group.count(), region(group)));
      } else {
        placed.addAll(regions.spread(group.count()));
      }
    }
    return placed;
  }

  private int region(NodeGroup group) {
    String region = group.region().orElseThrow();
    int index = regions.indexOf(region);
    if (index < 0) {
      throw new ScenarioException(
          "%s: the region of the nodes '%s': expected one of %s, found '%s'"
              .formatted(
                  name,
                  group.name(),
                  regions.regions().stream()
                      .map(RegionModel.Region::name)
                      .collect(Collectors.joining(", ")),
                  region));
    }
    return index;
  }

  /** Every node, as faults see it. */
  public List<Selection.Candidate> candidates() {
    List<Selection.Candidate> all = new ArrayList<>();
    List<Integer> placed = placement();
    for (NodeGroup group : groups) {
      for (String id : group.ids()) {
        String region = regions.regions().get(placed.get(all.size())).name();
        all.add(
            new Selection.Candidate(
                all.size(), id, group.name(), region, group.type() == NodeType.NORMAL));
      }
    }
    return all;
  }

  /** The same with other groups. */
  public Scenario withGroups(List<NodeGroup> others) {
    return new Scenario(
        name,
        description,
        backend,
        regions,
        others,
        links,
        warmUp,
        duration,
        coolDown,
        workload,
        faults,
        bounds);
  }

  /** The same with other faults. */
  public Scenario withFaults(List<FaultEntry> others) {
    return new Scenario(
        name,
        description,
        backend,
        regions,
        groups,
        links,
        warmUp,
        duration,
        coolDown,
        workload,
        others,
        bounds);
  }

  /** The same with another workload. */
  public Scenario withWorkload(Workload other) {
    return new Scenario(
        name,
        description,
        backend,
        regions,
        groups,
        links,
        warmUp,
        duration,
        coolDown,
        other,
        faults,
        bounds);
  }

  /** The same with other times. */
  public Scenario withTimes(Duration warm, Duration work, Duration cool) {
    return new Scenario(
        name,
        description,
        backend,
        regions,
        groups,
        links,
        warm,
        work,
        cool,
        workload,
        faults,
        bounds);
  }

  /** The same with other claims. */
  public Scenario withBounds(Bounds other) {
    return new Scenario(
        name,
        description,
        backend,
        regions,
        groups,
        links,
        warmUp,
        duration,
        coolDown,
        workload,
        faults,
        other);
  }

  /** The same on another backend. */
  public Scenario withBackend(BackendKind other) {
    return new Scenario(
        name,
        description,
        other,
        regions,
        groups,
        links,
        warmUp,
        duration,
        coolDown,
        workload,
        faults,
        bounds);
  }

  /**
   * The same with another number of nodes in the largest group of NORMAL nodes.
   *
   * @throws ScenarioException if there is none, or a fault then has too few nodes to strike
   */
  public Scenario withNormalNodes(int count) {
    NodeGroup largest =
        groups.stream()
            .filter(group -> group.type() == NodeType.NORMAL)
            .max(Comparator.comparingInt(NodeGroup::count))
            .orElseThrow(() -> new ScenarioException(name + " has no NORMAL nodes to count"));
    Scenario changed =
        withGroups(
            groups.stream()
                .map(group -> group == largest ? group.withCount(count) : group)
                .toList());
    ScenarioRules.check(changed);
    return changed;
  }
}
