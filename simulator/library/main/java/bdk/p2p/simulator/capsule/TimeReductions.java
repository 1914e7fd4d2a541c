package bdk.p2p.simulator.capsule;

import bdk.p2p.simulator.fault.DrawnFault;
import bdk.p2p.simulator.scenario.Capsule;
import bdk.p2p.simulator.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Less time, as far as it is fair. No state. */
final class TimeReductions {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private TimeReductions() {}

  static List<Case> less(Case one, Capsule.Breach breach) {
    Scenario scenario = one.scenario();
    Fairness fairness = Fairness.of(scenario);
    Duration warm = scenario.warmUp();
    Duration work = scenario.duration();
    Duration cool = scenario.coolDown();
    List<Case> candidates = new ArrayList<>();
    if (!breach.isAtEnd()) {
      addCutBehind(candidates, one, breach);
    }
    Duration shortest = breach.isAtEnd() ? fairness.settling() : Duration.ZERO;
    for (Duration less : halves(cool, shortest)) {
      candidates.add(with(one, shortest, warm, work, less));
    }
    for (Duration less : halves(work, SECOND)) {
      candidates.add(with(one, shortest, warm, less, cool));
    }
    for (Duration less : halves(warm, fairness.warmUp())) {
      candidates.add(with(one, shortest, less, work, cool));
    }
    return candidates;
  }

  /** What comes after a breach is never run: the end may come a second behind it. */
  private static void addCutBehind(List<Case> candidates, Case one, Capsule.Breach breach) {
    Scenario scenario = one.scenario();
    Duration total = Duration.ofMillis(breach.atNanos() / 1_000_000).plus(SECOND).plus(SECOND);
    Duration left = total.minus(scenario.warmUp());
    if (left.compareTo(SECOND) >= 0 && total.compareTo(scenario.total()) < 0) {
      Duration work = left.compareTo(scenario.duration()) < 0 ? left : scenario.duration();
      candidates.add(with(one, Duration.ZERO, scenario.warmUp(), work, left.minus(work)));
    }
  }

  /** Down to the least at once, or half the way; nothing if it is not above it by a second. */
  private static List<Duration> halves(Duration time, Duration least) {
    Duration way = time.minus(least);
    if (way.compareTo(SECOND) < 0) {
      return List.of();
    }
    return List.of(least, least.plus(Duration.ofMillis(way.toMillis() / 2)));
  }

  /**
   * Other times. Faults keep their distance from the beginning of the work; what is found at the
   * end of a run has its time to settle after the last of them.
   */
  private static Case with(
      Case one, Duration settling, Duration warm, Duration work, Duration cool) {
    Scenario scenario = one.scenario();
    long shift = warm.minus(scenario.warmUp()).toNanos();
    long lastEnd = warm.plus(work).plus(cool).minus(settling).toNanos() - 1_000_000;
    List<DrawnFault> schedule = new ArrayList<>();
    for (DrawnFault fault : one.schedule()) {
      long from = fault.fromNanos() + shift;
      long until = Math.min(fault.untilNanos() + shift, lastEnd);
      if (from <= until) {
        schedule.add(
            new DrawnFault(fault.id(), fault.fault(), fault.victims(), from, until, fault.seed()));
      }
    }
    return Case.of(scenario.withTimes(warm, work, cool), one.seed(), schedule);
  }
}
