package bdk.p2p.simulator.scenario;

import bdk.p2p.simulator.fault.Crash;
import bdk.p2p.simulator.fault.Fault;
import bdk.p2p.simulator.fault.FaultEntry;
import bdk.p2p.simulator.fault.Partition;
import bdk.p2p.simulator.fault.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the field {@code faults} of a scenario file. What all kinds have in common is read here;
 * what only one kind has, by its line in the table. No state.
 */
final class FaultFields {
  private static final Duration NONE = Duration.ZERO;
  private static final Duration LONG = Duration.ofHours(1);
  private static final List<String> COMMON =
      List.of(
          "kind", "name", "nodes", "share", "group", "region", "ids", "after", "lasting", "times",
          "every", "spread");

  /** One kind: the fields that only it has, and how it is made of them. */
  private record Kind(List<String> fields, Function<YamlValue, Fault> reader) {}

  private static final Map<String, Kind> KINDS = kinds();

  private FaultFields() {}

  private static Map<String, Kind> kinds() {
    Map<String, Kind> kinds = new LinkedHashMap<>();
    kinds.put("crash", new Kind(List.of("persisted"), value -> new Crash(persisted(value))));
    kinds.put("partition", new Kind(List.of("direction"), FaultFields::partition));
    return kinds;
  }

  /** The kinds that a file may name. */
  static Set<String> kindNames() {
    return KINDS.keySet();
  }

  private static boolean persisted(YamlValue value) {
    return value.find("persisted").map(YamlValue::flag).orElse(false);
  }

  private static Fault partition(YamlValue value) {
    Map<String, Partition.Direction> directions = new LinkedHashMap<>();
    directions.put("both", Partition.Direction.BOTH);
    directions.put("from-victims", Partition.Direction.FROM_VICTIMS);
    directions.put("to-victims", Partition.Direction.TO_VICTIMS);
    return new Partition(
        value.find("direction").map(one -> one.oneOf(directions)).orElse(Partition.Direction.BOTH));
  }

  static List<FaultEntry> read(YamlValue list, List<NodeGroup> groups, RegionModel regions) {
    Set<String> names = new HashSet<>();
    return list.list(value -> entry(value, groups, regions, names));
  }

  private static FaultEntry entry(
      YamlValue value, List<NodeGroup> groups, RegionModel regions, Set<String> names) {
    Map<String, String> kindNames = new LinkedHashMap<>();
    KINDS.keySet().forEach(kind -> kindNames.put(kind, kind));
    String kindName = value.get("kind").oneOf(kindNames);
    Kind kind = KINDS.get(kindName);
    List<String> known = new ArrayList<>(COMMON);
    known.addAll(kind.fields());
    value.only(known.toArray(String[]::new));
    String name = value.find("name").map(YamlValue::words).orElse(kindName);
    value.find("name").orElse(value).unique(name, names);
    return new FaultEntry(
        name,
        kind.reader().apply(value),
        selection(value, groups, regions),
        value.get("after").duration(NONE, LONG),
        value.find("lasting").map(one -> one.duration(NONE, LONG)).orElse(NONE),
        value.find("times").map(one -> one.number(1, 10_000)).orElse(1),
        value.find("every").map(one -> one.duration(NONE, LONG)).orElse(NONE),
        value.find("spread").map(one -> one.fraction(0, 1)).orElse(0.0));
  }

  private static Selection selection(YamlValue value, List<NodeGroup> groups, RegionModel regions) {
    if (value.find("nodes").isPresent() && value.find("share").isPresent()) {
      throw value.complaint("expected either nodes or share, found both");
    }
    Map<String, String> regionNames = new LinkedHashMap<>();
    regions.regions().forEach(region -> regionNames.put(region.name(), region.name()));
    Map<String, String> ids = new LinkedHashMap<>();
    groups.forEach(group -> group.ids().forEach(id -> ids.put(id, id)));
    return new Selection(
        value
            .find("nodes")
            .map(one -> OptionalInt.of(one.number(1, 10_000)))
            .orElse(OptionalInt.empty()),
        value
            .find("share")
            .map(one -> OptionalDouble.of(one.fraction(0.000_1, 1)))
            .orElse(OptionalDouble.empty()),
        value.find("group").map(one -> one.oneOf(NodeFields.names(groups))),
        value.find("region").map(one -> one.oneOf(regionNames)),
        value.find("ids").map(list -> list.list(one -> one.oneOf(ids))).orElse(List.of()));
  }
}
