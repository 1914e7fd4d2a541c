package bdk.p2p.simulator;

import bdk.p2p.simulator.scenario.NodeGroup.Bandwidth;
import bdk.p2p.simulator.scenario.RegionModel;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Describes a simulation. For one thread. */
public final class SimulationBuilder {
  private long seed = 1;
  private LatencyModel latency = (from, to) -> Duration.ofMillis(20);
  private double jitter;
  private Bandwidth bandwidth = new Bandwidth(0, 0);
  private Optional<RegionModel> regions = Optional.empty();
  private Duration blockedLimit = Duration.ofSeconds(2);
  private Consumer<AssertionError> stuck = failure -> {};

  SimulationBuilder() {}

  /** What all chance is drawn from; 1 by default. */
  public SimulationBuilder seed(long value) {
    seed = value;
    return this;
  }

  /** The same one-way latency between any two nodes, 0 to 1 hour; 20 ms by default. */
  public SimulationBuilder latency(Duration value) {
    if (!Conditions.isLatency(value)) {
      throw new IllegalArgumentException(
          "a latency of %s, not within %s to %s"
              .formatted(value, Duration.ZERO, Conditions.LONGEST));
    }
    return latency((from, to) -> value);
  }

  /** A one-way latency for each two nodes. */
  public SimulationBuilder latency(LatencyModel value) {
    latency = Objects.requireNonNull(value, "latency");
    return this;
  }

  /**
   * What a segment takes longer at most, as a part of the latency: 0.1 is a tenth; 0 by default.
   */
  public SimulationBuilder jitter(double value) {
    if (!(value >= 0 && value <= 10)) {
      throw new IllegalArgumentException("a jitter of " + value + ", not within 0 to 10");
    }
    jitter = value;
    return this;
  }

  /** What each node's link carries; 0 for no limit, the default. */
  public SimulationBuilder bandwidth(long downloadBitsPerSecond, long uploadBitsPerSecond) {
    if (downloadBitsPerSecond < 0 || uploadBitsPerSecond < 0) {
      throw new IllegalArgumentException("a negative bandwidth");
    }
    bandwidth = new Bandwidth(downloadBitsPerSecond, uploadBitsPerSecond);
    return this;
  }

  /**
   * Spreads each group of nodes over regions by their share; latency, jitter and bandwidth are then
   * the model's. See {@link RegionModel#table}.
   */
  public SimulationBuilder regions(RegionModel value) {
    regions = Optional.of(value);
    return this;
  }

  /**
   * How long code on a node may block the thread of the simulation, in real time, before it is
   * interrupted and the run fails; 2 s by default. {@code Thread.sleep} is not given so long.
   */
  public SimulationBuilder blockedLimit(Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException("a limit of " + value);
    }
    blockedLimit = value;
    return this;
  }

  /** Begins the simulation, empty, at time zero; it belongs to the calling thread. */
  public Simulation build() {
    Conditions conditions = new Conditions(latency, jitter, bandwidth, regions);
    return new Simulation(seed, conditions, blockedLimit, stuck);
  }

  /** Who hears, on another thread, of what blocks and cannot be interrupted. */
  SimulationBuilder stuck(Consumer<AssertionError> value) {
    stuck = value;
    return this;
  }
}
