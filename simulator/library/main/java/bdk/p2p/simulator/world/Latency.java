package bdk.p2p.simulator.world;

import java.util.random.RandomGenerator;

/** How long a segment travels from one host to another, once it has left. */
@FunctionalInterface
public interface Latency {
  /** The least time from one host to the other, in nanoseconds; not negative. */
  long minimumNanos(Host from, Host to);

  /**
   * What one segment takes longer than the least, in nanoseconds; not negative. It never makes a
   * segment overtake another of its connection. None by default.
   *
   * @param random the stream of this ordered pair of hosts
   */
  default long jitterNanos(Host from, Host to, RandomGenerator random) {
    return 0;
  }

  /** The same for every pair, without jitter. */
  static Latency fixed(long nanos) {
    return (from, to) -> nanos;
  }
}
