package bdk.p2p.simulator.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a run must keep to.
 *
 * @param deliveredWithin the longest time from a broadcast to its arrival at every node that can be
 *     expected to get it; computed from the topology and the latencies if empty
 * @param duplicatesPerDelivery the most copies that a node may get beside the first, on average
 * @param bytesPerNode the most bytes that any node may read in the whole run
 * @param sometimes words of {@link Happening}s each of which must happen, so that the scenario
 *     exercises what it is for
 * @param without names of claims that this scenario does not make
 */
public record Bounds(
    Optional<Duration> deliveredWithin,
    double duplicatesPerDelivery,
    OptionalLong bytesPerNode,
    List<String> sometimes,
    List<String> without) {
  /** Copies the lists. */
  public Bounds {
    sometimes = List.copyOf(sometimes);
    without = List.copyOf(without);
  }

  /** Every claim, with a computed bound of delivery and at most so many duplicates a delivery. */
  public static Bounds duplicates(double perDelivery) {
    return new Bounds(Optional.empty(), perDelivery, OptionalLong.empty(), List.of(), List.of());
  }
}
