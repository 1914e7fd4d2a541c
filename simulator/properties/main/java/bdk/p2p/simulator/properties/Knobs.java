package bdk.p2p.simulator.properties;

import java.time.Duration;
import java.util.List;

/**
 * How large drawn scenarios may be.
 *
 * @param maxNodes the most nodes of all groups together, 3 to 1,000
 * @param maxFaults the most entries of the timeline, 0 to 100
 * @param maxDuration the longest workload, 1 s to 10 min; drawn links may be slower than what is
 *     drawn to be sent, and beyond the default of 20 s that can break the claim that all is
 *     delivered
 * @param kinds of faults, names of {@link FaultArbitraries#kinds()}; those that may be drawn
 */
public record Knobs(int maxNodes, int maxFaults, Duration maxDuration, List<String> kinds) {
  /**
   * @throws IllegalArgumentException naming the knob, its limits and the value
   */
  public Knobs {
    kinds = List.copyOf(kinds);
    require(maxNodes >= 3 && maxNodes <= 1_000, "maxNodes", "3 to 1000", maxNodes);
    require(maxFaults >= 0 && maxFaults <= 100, "maxFaults", "0 to 100", maxFaults);
    require(
        maxDuration.toMillis() >= 1_000 && maxDuration.toMillis() <= 600_000,
        "maxDuration",
        "1 s to 10 min",
        maxDuration);
    for (String kind : kinds) {
      require(
          FaultArbitraries.kinds().contains(kind),
          "kinds",
          "any of " + FaultArbitraries.kinds(),
          kind);
    }
  }

  private static void require(boolean condition, String name, String expected, Object found) {
    if (!condition) {
      throw new IllegalArgumentException(name + ": expected " + expected + ", found " + found);
    }
  }

  /** Up to 12 nodes and 6 faults of every kind in up to 20 s of work. */
  public static Knobs defaults() {
    return new Knobs(12, 6, Duration.ofSeconds(20), FaultArbitraries.kinds());
  }

  /** The same with another bound on the nodes. */
  public Knobs withMaxNodes(int other) {
    return new Knobs(other, maxFaults, maxDuration, kinds);
  }

  /** The same with another bound on the faults. */
  public Knobs withMaxFaults(int other) {
    return new Knobs(maxNodes, other, maxDuration, kinds);
  }

  /** The same with another bound on the workload's time. */
  public Knobs withMaxDuration(Duration other) {
    return new Knobs(maxNodes, maxFaults, other, kinds);
  }

  /** The same with faults of these kinds only. */
  public Knobs withKinds(List<String> others) {
    return new Knobs(maxNodes, maxFaults, maxDuration, others);
  }
}
