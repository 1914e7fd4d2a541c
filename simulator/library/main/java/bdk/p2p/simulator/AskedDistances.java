package bdk.p2p.simulator;

import bdk.p2p.simulator.backend.Distances;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Distances of which a caller's code decides: what it throws fails the run, where the world would
 * take it for the failure of a channel. The simulation's thread only.
 */
final class AskedDistances implements Distances {
  private final Distances asked;
  private final IntFunction<String> names;
  private final Consumer<Throwable> failures;

  /**
   * Asks others.
   *
   * @param names of machines, by their indexes
   * @param failures lets the run fail
   */
  AskedDistances(Distances asked, IntFunction<String> names, Consumer<Throwable> failures) {
    this.asked = asked;
    this.names = names;
    this.failures = failures;
  }

  /** Nothing, if there is no answer: the run has failed. */
  @Override
  public double latencyMillis(int from, int to) {
    try {
      return asked.latencyMillis(from, to);
    } catch (RuntimeException | Error wrong) {
      String where = "the latency from " + names.apply(from) + " to " + names.apply(to);
      failures.accept(new IllegalArgumentException(where + ": " + wrong, wrong));
      return 0;
    }
  }

  @Override
  public double jitter() {
    return asked.jitter();
  }

  @Override
  public long bitsPerSecond(int from, int to) {
    return asked.bitsPerSecond(from, to);
  }
}
