package bdk.p2p.simulator.capsule;

import bdk.p2p.message.NodeType;
import bdk.p2p.simulator.fault.DrawnFault;
import bdk.p2p.simulator.scenario.LinkBetween;
import bdk.p2p.simulator.scenario.NodeGroup;
import bdk.p2p.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Fewer nodes: the last ones of a group, or a whole group. No state. */
final class NodeReductions {
  private static final int LEAST_NORMAL = 2;

  private NodeReductions() {}

  static List<Case> fewer(Case one) {
    List<NodeGroup> groups = one.scenario().groups();
    List<Case> candidates = new ArrayList<>();
    for (int index = 0; index < groups.size(); index++) {
      int count = groups.get(index).count();
      // To none, to one, to a half, and by one.
      Set<Integer> fewer = new LinkedHashSet<>(List.of(0));
      fewer.addAll(List.of(1));
      fewer.add(count / 2);
      fewer.add(count - 1);
      for (int other : fewer) {
        if (other < count) {
          candidates.add(withCount(one, index, other));
        }
      }
    }
    return candidates.stream().filter(NodeReductions::isNetwork).toList();
  }

  /** Nothing can happen among fewer than two, nor where nobody leads to anybody. */
  private static boolean isNetwork(Case one) {
    int normal = 0;
    boolean isLed = false;
    for (NodeGroup group : one.scenario().groups()) {
      normal += group.type() == NodeType.NORMAL ? group.count() : 0;
      isLed |= group.type() == NodeType.DISCOVERY || !group.seeds().isEmpty();
    }
    return normal >= LEAST_NORMAL && isLed;
  }

  private static Case withCount(Case one, int changed, int count) {
    Scenario scenario = one.scenario();
    Map<String, String> names = new LinkedHashMap<>();
    Map<Integer, Integer> indexes = new LinkedHashMap<>();
    List<NodeGroup> groups = new ArrayList<>();
    int before = 0;
    int after = 0;
    for (int index = 0; index < scenario.groups().size(); index++) {
      NodeGroup group = scenario.groups().get(index);
      int kept = index == changed ? count : group.count();
      List<String> others = kept == 0 ? List.of() : group.withCount(kept).ids();
      for (int node = 0; node < kept; node++) {
        names.put(group.ids().get(node), others.get(node));
        indexes.put(before + node, after + node);
      }
      if (kept > 0) {
        names.put(group.name(), group.name());
        groups.add(group.withCount(kept));
      }
      before += group.count();
      after += kept;
    }
    Scenario smaller =
        withLinks(
            scenario.withGroups(groups.stream().map(group -> renamed(group, names)).toList()),
            names);
    return Case.of(smaller, one.seed(), schedule(one.schedule(), indexes));
  }

  private static NodeGroup renamed(NodeGroup group, Map<String, String> names) {
    return new NodeGroup(
        group.name(),
        group.count(),
        group.type(),
        group.region(),
        group.bandwidth(),
        group.seeds().stream().filter(names::containsKey).map(names::get).toList(),
        group.startsAfter(),
        group.startsEvery(),
        group.options());
  }

  private static Scenario withLinks(Scenario scenario, Map<String, String> names) {
    List<LinkBetween> links =
        scenario.links().stream()
            .filter(link -> names.containsKey(link.one()) && names.containsKey(link.other()))
            .toList();
    return LinkReductions.withLinks(scenario, links);
  }

  /** The faults of the nodes that are left, by their new indexes. */
  private static List<DrawnFault> schedule(
      List<DrawnFault> schedule, Map<Integer, Integer> indexes) {
    List<DrawnFault> left = new ArrayList<>();
    for (DrawnFault fault : schedule) {
      List<Integer> victims =
          fault.victims().stream().filter(indexes::containsKey).map(indexes::get).toList();
      if (!victims.isEmpty()) {
        left.add(
            new DrawnFault(
                fault.id(),
                fault.fault(),
                victims,
                fault.fromNanos(),
                fault.untilNanos(),
                fault.seed()));
      }
    }
    return left;
  }
}
