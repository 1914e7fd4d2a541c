package bdk.p2p.simulator.backend;

/** What lies between machines, by their indexes. Immutable; any thread. */
public interface Distances {
  /** The least one-way latency. */
  double latencyMillis(int from, int to);

  /** The most that something takes longer, as a part of the latency. */
  double jitter();

  /** The most that crosses, 0 for no limit. */
  long bitsPerSecond(int from, int to);
}
