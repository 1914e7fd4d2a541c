package bdk.p2p.simulator.scenario;

import bdk.p2p.simulator.fault.DrawnFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Capsules as YAML. Like with scenarios, unknown fields are refused, and every complaint names
 * file, line, column, field and what was expected. No state.
 */
public final class CapsuleFile {
  /** The version of the format; another one is refused. */
  public static final int VERSION = 1;

  private static final List<String> DRAWN =
      List.of("id", "kind", "victims", "from", "until", "seed");
  // Longer than any run: warm-up, duration and cool-down of an hour each.
  private static final Duration LONG = Duration.ofHours(3);
  private static final int MOST_NODES = 1_000_000;
  private static final Map<String, Boolean> WHEN = YamlValue.choices("run", false, "end", true);

  private CapsuleFile() {}

  /**
   * The content of a file.
   *
   * @throws ScenarioException if it has a fault that no file can say
   */
  public static String text(Capsule capsule) {
    YamlText text = new YamlText();
    text.remark("A run that broke a claim. Run it again with: bdk-sim replay FILE");
    text.field("capsule", VERSION);
    text.words("simulator", capsule.simulator());
    text.words("java", capsule.java());
    text.field("seed", capsule.seed());
    text.words("digest", capsule.digest());
    Capsule.Breach breach = capsule.breach();
    text.below(
        "broken",
        () ->
            text.words("claim", breach.claim())
                .time("at", Duration.ofNanos(breach.atNanos()))
                .field("found", breach.isAtEnd() ? "end" : "run")
                .words("detail", breach.detail()));
    if (!capsule.schedule().isEmpty()) {
      text.below(
          "schedule", () -> capsule.schedule().forEach(one -> text.item(() -> drawn(one, text))));
    }
    text.below("scenario", () -> ScenarioWriter.write(capsule.scenario(), text));
    return text.toString();
  }

  private static void drawn(DrawnFault fault, YamlText text) {
    text.words("id", fault.id());
    text.fields(FaultText.of(fault.fault()));
    text.field("victims", fault.victims());
    text.time("from", Duration.ofNanos(fault.fromNanos()));
    text.time("until", Duration.ofNanos(fault.untilNanos()));
    text.field("seed", fault.seed());
  }

  /**
   * Reads a file.
   *
   * @throws ScenarioException if it cannot be read, is no capsule, or one of another version
   */
  public static Capsule read(Path path) {
    return parse(path.toString(), ScenarioFile.content(path));
  }

  /**
   * Reads a capsule from text.
   *
   * @param file what to call it in complaints
   */
  public static Capsule parse(String file, String content) {
    YamlValue root = YamlReader.read(file, content);
    // Before all else: what another version has in other fields is no mistake.
    int version = root.get("capsule").number(1, Integer.MAX_VALUE);
    if (version != VERSION) {
      throw root.get("capsule")
          .complaint("expected version " + VERSION + " of the format, found " + version);
    }
    root.only("capsule", "simulator", "java", "seed", "digest", "broken", "schedule", "scenario");
    Scenario scenario = ScenarioFile.read(root.get("scenario"));
    int nodes = scenario.nodeCount();
    return new Capsule(
        root.get("simulator").text(),
        root.get("java").text(),
        scenario,
        seed(root),
        root.find("schedule").map(list -> list.list(one -> drawn(one, nodes))).orElse(List.of()),
        breach(root.get("broken")),
        digest(root.get("digest")));
  }

  private static long seed(YamlValue value) {
    return value.get("seed").number(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static String digest(YamlValue value) {
    if (!value.text().matches("([0-9a-f]{64})?")) {
      throw value.complaint("expected 64 hexadecimal digits or nothing");
    }
    return value.text();
  }

  private static Capsule.Breach breach(YamlValue value) {
    value.only("claim", "at", "found", "detail");
    return new Capsule.Breach(
        value.get("claim").words(),
        value.get("at").duration(Duration.ZERO, LONG).toNanos(),
        value.get("found").oneOf(WHEN),
        value.get("detail").text());
  }

  private static DrawnFault drawn(YamlValue value, int nodes) {
    Duration from = value.get("from").duration(Duration.ZERO, LONG);
    List<Integer> victims = value.get("victims").list(one -> one.number(0, MOST_NODES));
    for (int victim : victims) {
      if (victim >= nodes) {
        throw value
            .get("victims")
            .complaint("expected numbers of nodes below " + nodes + ", found " + shown(victims));
      }
    }
    return new DrawnFault(
        value.get("id").words(),
        FaultFields.fault(value, DRAWN),
        victims,
        from.toNanos(),
        value.get("until").duration(from, LONG).toNanos(),
        seed(value));
  }

  private static String shown(List<Integer> victims) {
    return victims.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
