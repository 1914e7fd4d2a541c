package bdk.p2p.simulator.scenario;

import bdk.p2p.simulator.fault.Bandwidth;
import bdk.p2p.simulator.fault.Churn;
import bdk.p2p.simulator.fault.ClockSkew;
import bdk.p2p.simulator.fault.ConnectBlackHole;
import bdk.p2p.simulator.fault.ConnectRefused;
import bdk.p2p.simulator.fault.Corrupt;
import bdk.p2p.simulator.fault.Crash;
import bdk.p2p.simulator.fault.Delay;
import bdk.p2p.simulator.fault.Fault;
import bdk.p2p.simulator.fault.FaultEntry;
import bdk.p2p.simulator.fault.HostilePeer;
import bdk.p2p.simulator.fault.Kill;
import bdk.p2p.simulator.fault.Loss;
import bdk.p2p.simulator.fault.Partition;
import bdk.p2p.simulator.fault.Pause;
import bdk.p2p.simulator.fault.Reset;
import bdk.p2p.simulator.fault.Scope;
import bdk.p2p.simulator.fault.Selection;
import bdk.p2p.simulator.fault.SlowReader;
import bdk.p2p.simulator.fault.Stall;
import bdk.p2p.simulator.fault.Stop;
import bdk.p2p.simulator.fault.Truncate;
import bdk.p2p.simulator.hostile.Behaviours;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads the field {@code faults} of a scenario file. What all kinds have in common is read here;
 * what only one kind has, by its line in the table. No state.
 */
final class FaultFields {
  private static final Duration NONE = Duration.ZERO;
  private static final Duration LONG = Duration.ofHours(1);
  private static final double LEAST_RATE = 0.000_001;
  private static final List<String> COMMON =
      List.of(
          "kind", "name", "nodes", "share", "group", "region", "ids", "after", "lasting", "times",
          "every", "spread");

  /** One kind: the fields that only it has, and how it is made of them. */
  private record Kind(List<String> fields, Function<YamlValue, Fault> reader) {}

  /** Who and where somebody may be struck; gathered once, whatever the number of faults. */
  private record Strikable(
      Map<String, String> groups, Map<String, String> regions, Map<String, String> ids) {}

  private static final Map<String, Kind> KINDS = kinds();

  private FaultFields() {}

  private static Map<String, Kind> kinds() {
    Map<String, Kind> kinds = new LinkedHashMap<>();
    kinds.put("latency", new Kind(List.of("delay", "jitter", "direction"), FaultFields::latency));
    kinds.put(
        "bandwidth",
        new Kind(List.of("uploadBitsPerSecond", "downloadBitsPerSecond"), FaultFields::bandwidth));
    kinds.put("loss", new Kind(List.of("rate", "resetAfter", "direction"), FaultFields::loss));
    kinds.put("connect-refused", new Kind(List.of(), value -> new ConnectRefused()));
    kinds.put("connect-black-hole", new Kind(List.of(), value -> new ConnectBlackHole()));
    kinds.put("partition", new Kind(List.of("direction"), FaultFields::partition));
    kinds.put("reset", new Kind(List.of("perSecond", "betweenVictims"), FaultFields::reset));
    kinds.put(
        "slow-reader",
        new Kind(
            List.of("bytesPerSecond"),
            value -> new SlowReader(value.get("bytesPerSecond").number(1, SlowReader.MOST_BYTES))));
    kinds.put("stall", new Kind(List.of("keptBytes"), FaultFields::stall));
    kinds.put("corrupt", new Kind(List.of("rate", "bits", "direction"), FaultFields::corrupt));
    kinds.put(
        "truncate",
        new Kind(List.of("rate", "direction"), value -> new Truncate(rate(value), scope(value))));
    kinds.put("crash", new Kind(List.of("persisted"), value -> new Crash(persisted(value))));
    kinds.put("kill", new Kind(List.of("persisted"), value -> new Kill(persisted(value))));
    kinds.put("stop", new Kind(List.of("persisted"), value -> new Stop(persisted(value))));
    kinds.put("pause", new Kind(List.of(), value -> new Pause()));
    kinds.put("churn", new Kind(List.of("crash", "kill", "stop", "persisted"), FaultFields::churn));
    kinds.put("clock-skew", new Kind(List.of("ahead", "behind", "upTo"), FaultFields::clockSkew));
    kinds.put("hostile-peer", new Kind(List.of("behaviour"), FaultFields::hostilePeer));
    return kinds;
  }

  /** The kinds that a file may name. */
  static Set<String> kindNames() {
    return KINDS.keySet();
  }

  private static Fault hostilePeer(YamlValue value) {
    Map<String, String> names = new LinkedHashMap<>();
    Behaviours.names().forEach(name -> names.put(name, name));
    return new HostilePeer(value.get("behaviour").oneOf(names));
  }

  private static Fault latency(YamlValue value) {
    return made(
        value, () -> new Delay(duration(value, "delay"), duration(value, "jitter"), scope(value)));
  }

  private static Fault bandwidth(YamlValue value) {
    return made(
        value,
        () ->
            new Bandwidth(
                bits(value, "uploadBitsPerSecond"), bits(value, "downloadBitsPerSecond")));
  }

  private static Fault loss(YamlValue value) {
    return new Loss(
        rate(value),
        value.find("resetAfter").map(one -> one.duration(Duration.ofMillis(1), LONG)),
        scope(value));
  }

  private static Fault reset(YamlValue value) {
    return new Reset(
        value.find("perSecond").map(one -> one.fraction(0, Reset.MOST_PER_SECOND)).orElse(0.0),
        value.find("betweenVictims").map(YamlValue::flag).orElse(false));
  }

  private static Fault stall(YamlValue value) {
    return new Stall(
        value
            .find("keptBytes")
            .map(one -> one.number(0, Stall.MOST_BYTES))
            .orElse(Stall.KEPT_BYTES));
  }

  private static Fault corrupt(YamlValue value) {
    return new Corrupt(
        rate(value),
        value.find("bits").map(one -> one.number(1, Corrupt.MOST_BITS)).orElse(1),
        scope(value));
  }

  private static Fault churn(YamlValue value) {
    return made(
        value,
        () ->
            new Churn(
                weight(value, "crash"),
                weight(value, "kill"),
                weight(value, "stop"),
                persisted(value)));
  }

  private static Fault clockSkew(YamlValue value) {
    List<ClockSkew> given = new ArrayList<>();
    skew(value, "ahead").map(ClockSkew::by).ifPresent(given::add);
    skew(value, "behind").map(Duration::negated).map(ClockSkew::by).ifPresent(given::add);
    skew(value, "upTo").map(ClockSkew::upTo).ifPresent(given::add);
    if (given.size() != 1) {
      throw value.complaint("expected one of ahead, behind and upTo, found " + given.size());
    }
    return given.get(0);
  }

  private static Optional<Duration> skew(YamlValue value, String name) {
    return value.find(name).map(one -> one.duration(NONE, ClockSkew.MOST));
  }

  private static int weight(YamlValue value, String name) {
    return value.find(name).map(one -> one.number(0, Churn.MOST_WEIGHT)).orElse(0);
  }

  private static double rate(YamlValue value) {
    return value.get("rate").fraction(LEAST_RATE, 1);
  }

  private static long bits(YamlValue value, String name) {
    return value.find(name).map(one -> one.number(0, Bandwidth.MOST_BITS)).orElse(0L);
  }

  private static Duration duration(YamlValue value, String name) {
    return value.find(name).map(one -> one.duration(NONE, LONG)).orElse(NONE);
  }

  private static Scope scope(YamlValue value) {
    Map<String, Scope> scopes = new LinkedHashMap<>();
    scopes.put("both", Scope.BOTH);
    scopes.put("from-victims", Scope.FROM_VICTIMS);
    scopes.put("to-victims", Scope.TO_VICTIMS);
    scopes.put("between-victims", Scope.BETWEEN_VICTIMS);
    return value.find("direction").map(one -> one.oneOf(scopes)).orElse(Scope.BOTH);
  }

  /** What is wrong only about several fields together is said about the fault as a whole. */
  private static <T> T made(YamlValue value, Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException wrong) {
      throw value.complaint(wrong.getMessage());
    }
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
    Map<String, String> regionNames = new LinkedHashMap<>();
    regions.regions().forEach(region -> regionNames.put(region.name(), region.name()));
    Strikable strikable =
        new Strikable(NodeFields.names(groups), regionNames, NodeFields.ids(groups));
    Set<String> names = new HashSet<>();
    return list.list(value -> entry(value, strikable, names));
  }

  /** The fault of a value that may have these fields beside those of its kind. */
  static Fault fault(YamlValue value, List<String> common) {
    Kind kind = value.get("kind").oneOf(KINDS);
    List<String> known = new ArrayList<>(common);
    known.addAll(kind.fields());
    value.only(known.toArray(String[]::new));
    return kind.reader().apply(value);
  }

  private static FaultEntry entry(YamlValue value, Strikable strikable, Set<String> names) {
    Fault fault = fault(value, COMMON);
    String kindName = value.get("kind").text();
    String name = value.find("name").map(YamlValue::words).orElse(kindName);
    value.find("name").orElse(value).unique(name, names);
    Selection victims = selection(value, strikable);
    return made(
        value,
        () ->
            new FaultEntry(
                name,
                fault,
                victims,
                value.get("after").duration(NONE, LONG),
                duration(value, "lasting"),
                value.find("times").map(one -> one.number(1, FaultEntry.MOST_TIMES)).orElse(1),
                duration(value, "every"),
                value.find("spread").map(one -> one.fraction(0, 1)).orElse(0.0)));
  }

  private static Selection selection(YamlValue value, Strikable strikable) {
    if (value.find("nodes").isPresent() && value.find("share").isPresent()) {
      throw value.complaint("expected either nodes or share, found both");
    }
    return new Selection(
        value
            .find("nodes")
            .map(one -> OptionalInt.of(one.number(1, 10_000)))
            .orElse(OptionalInt.empty()),
        value
            .find("share")
            .map(one -> OptionalDouble.of(one.fraction(0.000_1, 1)))
            .orElse(OptionalDouble.empty()),
        value.find("group").map(one -> one.oneOf(strikable.groups())),
        value.find("region").map(one -> one.oneOf(strikable.regions())),
        value
            .find("ids")
            .map(list -> list.list(one -> one.oneOf(strikable.ids())))
            .orElse(List.of()));
  }
}
