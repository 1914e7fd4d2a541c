package bdk.p2p.simulator.capsule;

import bdk.p2p.simulator.scenario.Scenario;
import java.time.Duration;
import java.util.Locale;

/**
 * How large a run is.
 *
 * @param nodes all nodes
 * @param faults faults on the schedule
 * @param seconds of virtual time, if nothing ends it before
 * @param broadcasts how many are to be published
 */
public record Size(int nodes, int faults, double seconds, long broadcasts) {
  static Size of(Case one) {
    Scenario scenario = one.scenario();
    long broadcasts =
        scenario.workload().broadcasts().stream()
            .mapToLong(stream -> times(scenario.duration(), stream.interval()))
            .sum();
    return new Size(
        scenario.nodeCount(), one.schedule().size(), scenario.total().toMillis() / 1e3, broadcasts);
  }

  private static long times(Duration duration, Duration interval) {
    return (duration.toNanos() + interval.toNanos() - 1) / interval.toNanos();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d nodes, %d faults, %.1f s, %d broadcasts",
        nodes,
        faults,
        seconds,
        broadcasts);
  }
}
