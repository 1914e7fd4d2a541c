package bdk.p2p.simulator.containers;

import bdk.p2p.simulator.backend.Distances;
import bdk.p2p.simulator.fault.Delay;
import java.time.Duration;

/**
 * What lies on the way from one machine to another, as netem makes it. Immutable.
 *
 * @param leastNanos what everything takes at least
 * @param moreNanos the most that a packet takes longer, drawn for each
 * @param bitsPerSecond what passes, 0 for no limit
 */
record Way(long leastNanos, long moreNanos, long bitsPerSecond) {
  /** The kernel cuts what is drawn to either side of the delay to 31 bits of nanoseconds. */
  static final Duration MOST_JITTER = Duration.ofSeconds(4);

  /** Where nothing is limited; wide enough to add but a microsecond. */
  private static final long NO_LIMIT_BITS = 10_000_000_000L;

  /** More packets than the windows of all connections have. */
  private static final int MOST_PACKETS = 1_000_000;

  /** What always lies between two machines. */
  static Way between(Distances distances, int from, int to) {
    double leastNanos = distances.latencyMillis(from, to) * 1e6;
    return new Way(
        (long) leastNanos,
        (long) (leastNanos * distances.jitter()),
        distances.bitsPerSecond(from, to));
  }

  /** The same with what a fault adds. */
  Way longerBy(Delay delay) {
    return new Way(
        leastNanos + delay.delay().toNanos(), moreNanos + delay.jitter().toNanos(), bitsPerSecond);
  }

  /**
   * As tc understands it.
   *
   * <p>Netem draws evenly between the delay less the deviation and the delay plus it. It sends what
   * is due first, so packets would overtake each other; but where it has a rate, none is due before
   * the one ahead has left. That is why there always is a rate.
   */
  String netem() {
    long deviationMicros = moreNanos / 2 / 1_000;
    return "netem limit %d delay %dus %dus rate %dbit"
        .formatted(
            MOST_PACKETS,
            leastNanos / 1_000 + deviationMicros,
            deviationMicros,
            bitsPerSecond == 0 ? NO_LIMIT_BITS : bitsPerSecond);
  }
}
