package bdk.p2p.simulator.scenario;

import bdk.p2p.manager.GuardOptions;
import bdk.p2p.manager.Rate;
import bdk.p2p.message.Misbehaviour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the option {@code guard} of a node group, by the names that {@link GuardOptions} gives its
 * fields. No state.
 */
final class GuardFields {
  private static final Duration LEAST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final int MOST_POINTS = 1_000_000;
  private static final int MOST_REMEMBERED = 25_000;
  private static final long MOST_PER_SECOND = 9_000_000_000L;

  private GuardFields() {}

  static GuardOptions read(YamlValue value) {
    value.only(
        "connectionsPerAddress",
        "connectionsPerNetwork",
        "exemptLoopback",
        "threshold",
        "halfLife",
        "banTime",
        "points",
        "remembered");
    GuardOptions.Builder guard = GuardOptions.builder();
    value
        .find("connectionsPerAddress")
        .map(GuardFields::rate)
        .ifPresent(guard::connectionsPerAddress);
    value
        .find("connectionsPerNetwork")
        .map(GuardFields::rate)
        .ifPresent(guard::connectionsPerNetwork);
    value.find("exemptLoopback").map(YamlValue::flag).ifPresent(guard::exemptLoopback);
    value.find("threshold").ifPresent(one -> guard.threshold(one.number(1, MOST_POINTS)));
    value.find("halfLife").ifPresent(one -> guard.halfLife(one.duration(LEAST, LONGEST)));
    value.find("banTime").ifPresent(one -> guard.banTime(one.duration(LEAST, LONGEST)));
    value.find("points").ifPresent(points -> readPoints(points, guard));
    value.find("remembered").ifPresent(one -> guard.remembered(one.number(1, MOST_REMEMBERED)));
    return guard.build();
  }

  static Rate rate(YamlValue value) {
    value.only("perSecond", "burst");
    return new Rate(
        value.get("perSecond").number(1L, MOST_PER_SECOND),
        value.get("burst").number(1L, Long.MAX_VALUE));
  }

  private static void readPoints(YamlValue value, GuardOptions.Builder guard) {
    List<String> words = kinds().stream().map(YamlText::of).toList();
    value.only(words.toArray(String[]::new));
    for (Misbehaviour what : kinds()) {
      value
          .find(YamlText.of(what))
          .ifPresent(one -> guard.points(what, one.number(0, MOST_POINTS)));
    }
  }

  /** What is reported brings its points with it. */
  private static List<Misbehaviour> kinds() {
    return List.of(Misbehaviour.values()).stream()
        .filter(what -> what != Misbehaviour.REPORTED)
        .toList();
  }

  /** What is not as it is by default, on one line; empty if all is. */
  static Optional<String> text(GuardOptions guard) {
    GuardOptions usual = GuardOptions.defaults();
    List<String> fields = new ArrayList<>();
    if (!guard.connectionsPerAddress().equals(usual.connectionsPerAddress())) {
      fields.add("connectionsPerAddress: " + text(guard.connectionsPerAddress()));
    }
    if (!guard.connectionsPerNetwork().equals(usual.connectionsPerNetwork())) {
      fields.add("connectionsPerNetwork: " + text(guard.connectionsPerNetwork()));
    }
    if (guard.exemptLoopback() != usual.exemptLoopback()) {
      fields.add("exemptLoopback: " + guard.exemptLoopback());
    }
    if (guard.threshold() != usual.threshold()) {
      fields.add("threshold: " + guard.threshold());
    }
    if (!guard.halfLife().equals(usual.halfLife())) {
      fields.add("halfLife: " + YamlText.of(guard.halfLife()));
    }
    if (!guard.banTime().equals(usual.banTime())) {
      fields.add("banTime: " + YamlText.of(guard.banTime()));
    }
    List<String> points =
        kinds().stream()
            .filter(what -> !guard.points().get(what).equals(usual.points().get(what)))
            .map(what -> YamlText.of(what) + ": " + guard.points().get(what))
            .toList();
    if (!points.isEmpty()) {
      fields.add("points: {" + String.join(", ", points) + "}");
    }
    if (guard.remembered() != usual.remembered()) {
      fields.add("remembered: " + guard.remembered());
    }
    return fields.isEmpty() ? Optional.empty() : Optional.of("{" + String.join(", ", fields) + "}");
  }

  static String text(Rate rate) {
    return "{perSecond: " + rate.perSecond() + ", burst: " + rate.burst() + "}";
  }
}
