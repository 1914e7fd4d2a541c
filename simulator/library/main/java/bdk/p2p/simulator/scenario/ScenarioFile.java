package bdk.p2p.simulator.scenario;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Reads a scenario from YAML. Unknown fields are refused; every complaint names file, line, column,
 * field and what was expected.
 */
public final class ScenarioFile {
  private static final Duration NONE = Duration.ZERO;
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofHours(1);
  private static final Map<String, BackendKind> BACKENDS = backends();

  private ScenarioFile() {}

  private static Map<String, BackendKind> backends() {
    Map<String, BackendKind> backends = new LinkedHashMap<>();
    for (BackendKind kind : BackendKind.values()) {
      backends.put(kind.name().toLowerCase(Locale.ROOT), kind);
    }
    return backends;
  }

  /**
   * Reads a file of the user's.
   *
   * @throws ScenarioException if it cannot be read or holds no scenario
   */
  public static Scenario read(Path path) {
    return parse(path.toString(), content(path));
  }

  /** The text of a file, or a complaint. */
  static String content(Path path) {
    if (Files.isDirectory(path)) {
      throw new ScenarioException(path + ": expected a file, found a directory");
    }
    try {
      return Files.readString(path);
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
    return read(YamlReader.read(file, content));
  }

  /** Reads a scenario that is a whole file, or stands in one. */
  static Scenario read(YamlValue root) {
    root.only(
        "name",
        "description",
        "backend",
        "regions",
        "nodes",
        "links",
        "warmUp",
        "duration",
        "coolDown",
        "workload",
        "faults",
        "claims");
    RegionModel regions = RegionFields.read(root.get("regions"));
    List<NodeGroup> groups = NodeFields.read(root.get("nodes"), regions);
    Map<String, String> groupNames = NodeFields.names(groups);
    Scenario scenario =
        new Scenario(
            root.get("name").words(),
            root.get("description").words(),
            root.find("backend").map(one -> one.oneOf(BACKENDS)).orElse(BackendKind.VIRTUAL),
            regions,
            groups,
            root.find("links")
                .map(list -> list.list(link -> link(link, groupNames)))
                .orElse(List.of()),
            root.get("warmUp").duration(NONE, LONG),
            root.get("duration").duration(SHORT, LONG),
            root.get("coolDown").duration(NONE, LONG),
            root.find("workload").map(WorkloadFields::read).orElse(Workload.none()),
            root.find("faults")
                .map(list -> FaultFields.read(list, groups, regions))
                .orElse(List.of()),
            bounds(root.get("claims")));
    check(scenario, root);
    return scenario;
  }

  /** What is wrong about several fields together is said of the smallest that has all of them. */
  private static void check(Scenario scenario, YamlValue root) {
    ScenarioRules rules = new ScenarioRules(scenario);
    placed(root.get("nodes"), rules::checkNodes);
    root.find("workload").ifPresent(workload -> placed(workload, rules::checkWorkload));
    List<YamlValue> faults =
        root.find("faults").map(list -> list.list(Function.identity())).orElse(List.of());
    for (int index = 0; index < faults.size(); index++) {
      int number = index;
      placed(faults.get(index), () -> rules.checkFault(number));
    }
  }

  private static void placed(YamlValue place, Runnable rule) {
    try {
      rule.run();
    } catch (ScenarioException wrong) {
      throw place.complaint(wrong.getMessage());
    }
  }

  private static LinkBetween link(YamlValue value, Map<String, String> names) {
    value.only("between", "latencyMillis", "bitsPerSecond");
    List<String> ends = value.get("between").list(one -> one.oneOf(names));
    if (ends.size() != 2) {
      throw value.get("between").complaint("expected two groups, found " + ends.size());
    }
    return new LinkBetween(
        ends.get(0),
        ends.get(1),
        value
            .find("latencyMillis")
            .map(one -> OptionalDouble.of(one.fraction(0, 60_000)))
            .orElse(OptionalDouble.empty()),
        value
            .find("bitsPerSecond")
            .map(one -> OptionalLong.of(one.number(0L, RegionFields.BITS_LIMIT)))
            .orElse(OptionalLong.empty()));
  }

  private static Bounds bounds(YamlValue value) {
    value.only("deliveredWithin", "duplicatesPerDelivery", "bytesPerNode", "sometimes", "without");
    return new Bounds(
        value.find("deliveredWithin").map(one -> one.duration(SHORT, LONG)),
        value.get("duplicatesPerDelivery").fraction(0, 10_000),
        value
            .find("bytesPerNode")
            .map(one -> OptionalLong.of(one.number(1L, Long.MAX_VALUE)))
            .orElse(OptionalLong.empty()),
        value
            .find("sometimes")
            .map(list -> list.list(one -> one.oneOf(Happening.words())))
            .orElse(List.of()),
        value
            .find("without")
            .map(list -> list.list(one -> one.oneOf(ClaimNames.choices())))
            .orElse(List.of()));
  }
}
