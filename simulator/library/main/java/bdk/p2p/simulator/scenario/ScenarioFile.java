package bdk.p2p.simulator.scenario;

import bdk.p2p.message.NodeType;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a scenario from YAML. Unknown fields are refused; every complaint names file, line, column,
 * field and what was expected.
 */
public final class ScenarioFile {
  private static final Duration NONE = Duration.ZERO;
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofHours(1);

  private ScenarioFile() {}

  /**
   * Reads a file of the user's.
   *
   * @throws ScenarioException if it cannot be read or holds no scenario
   */
  public static Scenario read(Path path) {
    if (Files.isDirectory(path)) {
      throw new ScenarioException(path + ": expected a file, found a directory");
    }
    try {
      return parse(path.toString(), Files.readString(path));
    } catch (NoSuchFileException cause) {
      throw new ScenarioException(path + ": there is no such file");
    } catch (MalformedInputException cause) {
      throw new ScenarioException(path + ": expected text in UTF-8");
    } catch (IOException cause) {
      throw new ScenarioException(path + ": cannot be read: " + cause);
    }
  }

  /**
   * Reads a scenario from text.
   *
   * @param file what to call it in complaints
   */
  public static Scenario parse(String file, String content) {
    YamlValue root =
        YamlValue.read(file, content)
            .only(
                "name",
                "description",
                "regions",
                "nodes",
                "warmUp",
                "duration",
                "coolDown",
                "workload",
                "crashes",
                "bounds");
    RegionModel regions = regions(root.get("regions"));
    Set<String> names = new HashSet<>();
    List<NodeGroup> groups = root.get("nodes").list(group -> group(group, regions, names));
    requireDiscovery(root.get("nodes"), groups);
    Duration duration = root.get("duration").duration(SHORT, LONG);
    Duration coolDown = root.get("coolDown").duration(NONE, LONG);
    return new Scenario(
        root.get("name").words(),
        root.get("description").words(),
        regions,
        groups,
        root.get("warmUp").duration(NONE, LONG),
        duration,
        coolDown,
        workload(root.get("workload")),
        root.find("crashes")
            .map(list -> list.list(crash -> crash(crash, groups, duration.plus(coolDown))))
            .orElse(List.of()),
        bounds(root.get("bounds")));
  }

  private static RegionModel regions(YamlValue value) {
    value.only("table", "jitter", "interRegionBitsPerSecond");
    Map<String, String> tables = new LinkedHashMap<>();
    RegionTable.names().forEach(name -> tables.put(name, name));
    return RegionTable.read(
        value.get("table").oneOf(tables),
        value.find("jitter").map(one -> one.fraction(0, 10)).orElse(0.0),
        value
            .find("interRegionBitsPerSecond")
            .map(one -> one.number(0L, 1_000_000_000_000L))
            .orElse(0L));
  }

  private static NodeGroup group(YamlValue value, RegionModel regions, Set<String> names) {
    value.only("name", "count", "type", "region", "minPeers", "maxPeers");
    Map<String, NodeType> types = new LinkedHashMap<>();
    types.put("normal", NodeType.NORMAL);
    types.put("discovery", NodeType.DISCOVERY);
    Map<String, String> regionNames = new LinkedHashMap<>();
    regions.regions().forEach(region -> regionNames.put(region.name(), region.name()));
    int maxPeers = value.get("maxPeers").number(1, 10_000);
    int count = value.get("count").number(1, 10_000);
    YamlValue name = value.get("name");
    // Ids are unique if no group's name is an id of another's: name-1 is taken by three of name.
    NodeGroup.ids(name.words(), count).forEach(id -> name.unique(id, names));
    return new NodeGroup(
        name.words(),
        count,
        value.get("type").oneOf(types),
        value.find("region").map(one -> one.oneOf(regionNames)),
        value.find("minPeers").map(one -> one.number(0, maxPeers)).orElse(0),
        maxPeers);
  }

  private static void requireDiscovery(YamlValue nodes, List<NodeGroup> groups) {
    for (NodeType type : NodeType.values()) {
      if (groups.stream().noneMatch(group -> group.type() == type)) {
        throw nodes.complaint(
            "expected at least one group of type " + type.name().toLowerCase(Locale.ROOT));
      }
    }
  }

  private static Workload workload(YamlValue value) {
    value.only("broadcasts", "requests");
    Set<String> names = new HashSet<>();
    List<Workload.Broadcasts> broadcasts =
        value
            .find("broadcasts")
            .map(list -> list.list(one -> broadcasts(one, names)))
            .orElse(List.of());
    Optional<Workload.Requests> requests =
        value
            .find("requests")
            .map(
                one ->
                    new Workload.Requests(
                        one.only("every", "answerBytes").get("every").duration(SHORT, LONG),
                        one.get("answerBytes").number(0, 100_000_000)));
    return new Workload(broadcasts, requests);
  }

  private static Workload.Broadcasts broadcasts(YamlValue value, Set<String> names) {
    value.only("name", "command", "bytes", "every");
    YamlValue name = value.get("name");
    name.unique(name.words(), names);
    return new Workload.Broadcasts(
        name.words(),
        broadcastCommand(value.get("command")),
        value.get("bytes").number(16, 100_000_000),
        value.get("every").duration(SHORT, LONG));
  }

  /** The protocol's other commands are never broadcast. */
  private static int broadcastCommand(YamlValue value) {
    int command = value.number(4, 0xffff);
    if (command > 6 && command < 10) {
      throw value.complaint(
          "expected 4, 5, 6 or a command from 10 to 65535, found '" + command + "'");
    }
    return command;
  }

  private static Crash crash(YamlValue value, List<NodeGroup> groups, Duration end) {
    value.only("nodes", "after", "every", "downFor");
    int normal =
        groups.stream()
            .filter(group -> group.type() == NodeType.NORMAL)
            .mapToInt(NodeGroup::count)
            .sum();
    Crash crash =
        new Crash(
            value.get("nodes").number(1, normal),
            value.get("after").duration(NONE, LONG),
            value.get("every").duration(NONE, LONG),
            value.get("downFor").duration(SHORT, LONG));
    if (crash.lastReturn().compareTo(end) >= 0) {
      throw value.complaint(
          "expected the last node back before duration and coolDown are over, after "
              + end.toMillis()
              + "ms; found it back after "
              + crash.lastReturn().toMillis()
              + "ms");
    }
    return crash;
  }

  private static Bounds bounds(YamlValue value) {
    value.only("deliveredWithin", "duplicatesPerDelivery");
    return new Bounds(
        value.get("deliveredWithin").duration(SHORT, LONG),
        value.get("duplicatesPerDelivery").fraction(0, 10_000));
  }
}
