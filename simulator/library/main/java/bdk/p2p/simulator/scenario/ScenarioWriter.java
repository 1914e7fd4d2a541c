package bdk.p2p.simulator.scenario;

import bdk.p2p.simulator.fault.FaultEntry;
import bdk.p2p.simulator.fault.Selection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Writes a scenario as YAML that {@link ScenarioFile} reads back to an equal one. Every scenario
 * can be written that a file can say. No state.
 */
public final class ScenarioWriter {
  private ScenarioWriter() {}

  /** The whole file. */
  public static String write(Scenario scenario) {
    YamlText text = new YamlText();
    write(scenario, text);
    return text.toString();
  }

  static void write(Scenario scenario, YamlText text) {
    text.words("name", scenario.name());
    text.words("description", scenario.description());
    text.field("backend", YamlText.of(scenario.backend()));
    text.below("regions", () -> regions(scenario.regions(), text));
    text.below("nodes", () -> scenario.groups().forEach(one -> text.item(() -> group(one, text))));
    if (!scenario.links().isEmpty()) {
      text.below("links", () -> scenario.links().forEach(one -> text.item(() -> link(one, text))));
    }
    text.time("warmUp", scenario.warmUp());
    text.time("duration", scenario.duration());
    text.time("coolDown", scenario.coolDown());
    workload(scenario.workload(), text);
    if (!scenario.faults().isEmpty()) {
      text.below(
          "faults", () -> scenario.faults().forEach(one -> text.item(() -> fault(one, text))));
    }
    text.below("claims", () -> bounds(scenario.bounds(), text));
  }

  private static void regions(RegionModel model, YamlText text) {
    Optional<String> table = table(model);
    if (table.isPresent()) {
      text.field("table", table.get());
    } else {
      text.below("custom", () -> custom(model, text));
    }
    text.field("jitter", model.jitter());
    text.field("interRegionBitsPerSecond", model.interRegionBitsPerSecond());
  }

  private static Optional<String> table(RegionModel model) {
    return RegionTable.names().stream()
        .filter(name -> isSame(model, RegionTable.read(name, 0, 0)))
        .findFirst();
  }

  private static boolean isSame(RegionModel one, RegionModel other) {
    return one.regions().equals(other.regions())
        && one.latencyMillis().equals(other.latencyMillis());
  }

  private static void custom(RegionModel model, YamlText text) {
    for (int index = 0; index < model.regions().size(); index++) {
      RegionModel.Region region = model.regions().get(index);
      List<Double> latencies = model.latencyMillis().get(index);
      text.item(
          () ->
              text.words("name", region.name())
                  .field("share", region.share())
                  .field("downloadBitsPerSecond", region.downloadBitsPerSecond())
                  .field("uploadBitsPerSecond", region.uploadBitsPerSecond())
                  .field("latencyMillis", latencies));
    }
  }

  private static void group(NodeGroup group, YamlText text) {
    text.words("name", group.name());
    text.field("type", YamlText.of(group.type()));
    text.field("count", group.count());
    text.maybe("region", group.region().map(YamlText::quoted));
    group
        .bandwidth()
        .ifPresent(
            one ->
                text.field("downloadBitsPerSecond", one.downloadBitsPerSecond())
                    .field("uploadBitsPerSecond", one.uploadBitsPerSecond()));
    text.list("seeds", group.seeds());
    unlessNone(text, "startsAfter", group.startsAfter());
    unlessNone(text, "startsEvery", group.startsEvery());
    text.field("minPeers", group.minPeers());
    text.field("maxPeers", group.maxPeers());
    OptionFields.write(group.options(), text);
  }

  private static void unlessNone(YamlText text, String name, Duration time) {
    if (!time.isZero()) {
      text.time(name, time);
    }
  }

  private static void link(LinkBetween link, YamlText text) {
    text.list("between", List.of(link.one(), link.other()));
    text.maybe("latencyMillis", link.latencyMillis());
    text.maybe("bitsPerSecond", link.bitsPerSecond());
  }

  private static void workload(Workload workload, YamlText text) {
    if (workload.equals(Workload.none())) {
      return;
    }
    text.below(
        "workload",
        () -> {
          if (!workload.broadcasts().isEmpty()) {
            text.below(
                "broadcasts",
                () -> workload.broadcasts().forEach(one -> text.item(() -> stream(one, text))));
          }
          workload
              .requests()
              .ifPresent(
                  one ->
                      text.below(
                          "requests",
                          () ->
                              text.time("every", one.interval())
                                  .field("answerBytes", one.answerBytes())));
          workload
              .notifications()
              .ifPresent(
                  one ->
                      text.below(
                          "notifications",
                          () -> text.time("every", one.interval()).field("bytes", one.bytes())));
        });
  }

  private static void stream(Workload.Broadcasts stream, YamlText text) {
    text.words("name", stream.name())
        .field("command", stream.command())
        .field("bytes", stream.bytes())
        .time("every", stream.interval());
  }

  private static void fault(FaultEntry entry, YamlText text) {
    text.fields(FaultText.of(entry.fault()));
    text.words("name", entry.name());
    selection(entry.victims(), text);
    text.time("after", entry.after());
    unlessNone(text, "lasting", entry.lasting());
    if (entry.times() > 1) {
      text.field("times", entry.times());
    }
    unlessNone(text, "every", entry.every());
    if (entry.spread() > 0) {
      text.field("spread", entry.spread());
    }
  }

  private static void selection(Selection victims, YamlText text) {
    victims.count().ifPresent(count -> text.field("nodes", count));
    text.maybe("share", victims.share());
    text.maybe("group", victims.group().map(YamlText::quoted));
    text.maybe("region", victims.region().map(YamlText::quoted));
    text.list("ids", victims.ids());
  }

  private static void bounds(Bounds bounds, YamlText text) {
    text.maybe("deliveredWithin", bounds.deliveredWithin().map(YamlText::of));
    text.field("duplicatesPerDelivery", bounds.duplicatesPerDelivery());
    text.maybe("bytesPerNode", bounds.bytesPerNode());
    text.list("sometimes", bounds.sometimes());
    text.list("without", bounds.without());
  }
}
