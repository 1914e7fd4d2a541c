package bdk.p2p.simulator.scenario;

import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.message.NodeType;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the field {@code nodes} of a scenario file. No state. */
final class NodeFields {
  private static final Duration LONG = Duration.ofHours(1);
  private static final int MOST_NODES = 100_000;

  private NodeFields() {}

  static List<NodeGroup> read(YamlValue value, RegionModel regions) {
    Set<String> ids = new HashSet<>();
    List<NodeGroup> groups = value.list(group -> group(group, regions, ids));
    Map<String, String> seeds = names(groups);
    seeds.putAll(ids(groups));
    value.list(
        group ->
            group.find("seeds").map(list -> list.list(one -> one.oneOf(seeds))).orElse(List.of()));
    requireSeeds(value, groups);
    return groups;
  }

  /** The names of groups, by themselves. */
  static Map<String, String> names(List<NodeGroup> groups) {
    Map<String, String> names = new LinkedHashMap<>();
    groups.forEach(group -> names.put(group.name(), group.name()));
    return names;
  }

  /** The ids of all nodes, by themselves. */
  static Map<String, String> ids(List<NodeGroup> groups) {
    Map<String, String> ids = new LinkedHashMap<>();
    groups.forEach(group -> group.ids().forEach(id -> ids.put(id, id)));
    return ids;
  }

  private static NodeGroup group(YamlValue value, RegionModel regions, Set<String> ids) {
    value.only(
        "name",
        "count",
        "type",
        "region",
        "uploadBitsPerSecond",
        "downloadBitsPerSecond",
        "seeds",
        "startsAfter",
        "startsEvery",
        "minPeers",
        "maxPeers",
        "options");
    Map<String, NodeType> types = new LinkedHashMap<>();
    types.put("normal", NodeType.NORMAL);
    types.put("discovery", NodeType.DISCOVERY);
    Map<String, String> regionNames = new LinkedHashMap<>();
    regions.regions().forEach(region -> regionNames.put(region.name(), region.name()));
    int count = value.get("count").number(1, NodeGroup.MOST_NODES);
    // Before there is an id for each of them.
    if (ids.size() + count > MOST_NODES) {
      throw value
          .get("count")
          .complaint(
              "expected at most " + MOST_NODES + " nodes in all, found " + (ids.size() + count));
    }
    YamlValue name = value.get("name");
    // Ids are unique if no group's name is an id of another's: name-1 is taken by three of name.
    NodeGroup.ids(name.words(), count).forEach(id -> name.unique(id, ids));
    return new NodeGroup(
        name.words(),
        count,
        value.get("type").oneOf(types),
        value.find("region").map(one -> one.oneOf(regionNames)),
        bandwidth(value),
        value.find("seeds").map(list -> list.list(YamlValue::words)).orElse(List.of()),
        value.find("startsAfter").map(NodeFields::time).orElse(Duration.ZERO),
        value.find("startsEvery").map(NodeFields::time).orElse(Duration.ZERO),
        options(value));
  }

  private static Duration time(YamlValue value) {
    return value.duration(Duration.ZERO, LONG);
  }

  private static Optional<NodeGroup.Bandwidth> bandwidth(YamlValue value) {
    boolean any =
        value.find("uploadBitsPerSecond").isPresent()
            || value.find("downloadBitsPerSecond").isPresent();
    return any
        ? Optional.of(
            new NodeGroup.Bandwidth(
                value.get("downloadBitsPerSecond").number(0L, RegionFields.BITS_LIMIT),
                value.get("uploadBitsPerSecond").number(0L, RegionFields.BITS_LIMIT)))
        : Optional.empty();
  }

  private static ManagerOptions options(YamlValue value) {
    int maxPeers = value.get("maxPeers").number(1, 10_000);
    ManagerOptions.Builder builder =
        ManagerOptions.builder()
            .maxPeers(maxPeers)
            .minPeers(value.find("minPeers").map(one -> one.number(0, maxPeers)).orElse(0));
    value
        .find("options")
        .flatMap(one -> one.find("outboundSlots"))
        .ifPresent(slots -> slots.number(0, maxPeers - 1));
    value.find("options").ifPresent(one -> OptionFields.read(one, builder));
    try {
      return builder.build();
    } catch (IllegalArgumentException wrong) {
      throw value.find("options").orElse(value).complaint(wrong.getMessage());
    }
  }

  private static void requireSeeds(YamlValue nodes, List<NodeGroup> groups) {
    if (groups.stream().noneMatch(group -> group.type() == NodeType.NORMAL)) {
      throw nodes.complaint("expected at least one group of type normal");
    }
    boolean discovery = groups.stream().anyMatch(group -> group.type() == NodeType.DISCOVERY);
    if (!discovery && groups.stream().allMatch(group -> group.seeds().isEmpty())) {
      throw nodes.complaint("expected at least one group of type discovery, or seeds");
    }
  }
}
