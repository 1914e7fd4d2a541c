package bdk.p2p.simulator;

import bdk.p2p.simulator.backend.Distances;
import bdk.p2p.simulator.scenario.NodeGroup.Bandwidth;
import bdk.p2p.simulator.scenario.RegionModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What lies between the nodes of a simulation. The simulation's thread only. */
final class Conditions implements Distances {
  static final Duration LONGEST = Duration.ofHours(1);

  private final LatencyModel latency;
  private final double jitter;
  private final Bandwidth bandwidth;
  private final Optional<RegionModel> regions;
  private final List<Integer> placed = new ArrayList<>();

  Conditions(
      LatencyModel latency, double jitter, Bandwidth bandwidth, Optional<RegionModel> regions) {
    this.latency = latency;
    this.jitter = jitter;
    this.bandwidth = bandwidth;
    this.regions = regions;
  }

  /** Whether so much may lie between two nodes. */
  static boolean isLatency(Duration span) {
    return !span.isNegative() && span.compareTo(LONGEST) <= 0;
  }

  /** The regions of so many new nodes, which come next; 0 for all if there are no regions. */
  List<Integer> place(int count) {
    List<Integer> places =
        regions.map(model -> model.spread(count)).orElseGet(() -> List.of(new Integer[0]));
    List<Integer> all = new ArrayList<>(places);
    while (all.size() < count) {
      all.add(0);
    }
    placed.addAll(all);
    return all;
  }

  Bandwidth bandwidth(int region) {
    return regions
        .map(model -> model.regions().get(region))
        .map(one -> new Bandwidth(one.downloadBitsPerSecond(), one.uploadBitsPerSecond()))
        .orElse(bandwidth);
  }

  @Override
  public double latencyMillis(int from, int to) {
    return regions
        .map(model -> model.latencyMillis(region(from), region(to)))
        .orElseGet(() -> modelMillis(nodeOf(from), nodeOf(to)));
  }

  private double modelMillis(int from, int to) {
    Duration given = latency.between(from, to);
    if (given == null || !isLatency(given)) {
      throw new IllegalArgumentException(
          "LatencyModel.between(%d, %d) gave %s, not within %s to %s"
              .formatted(from, to, given, Duration.ZERO, LONGEST));
    }
    return given.toNanos() / 1e6;
  }

  @Override
  public double jitter() {
    return regions.map(RegionModel::jitter).orElse(jitter);
  }

  @Override
  public long bitsPerSecond(int from, int to) {
    return regions
        .filter(model -> region(from) != region(to))
        .map(RegionModel::interRegionBitsPerSecond)
        .orElse(0L);
  }

  private int region(int index) {
    return placed.get(nodeOf(index));
  }

  /** A machine that is no node is where the node with its index modulo the number of nodes is. */
  private int nodeOf(int index) {
    return index % placed.size();
  }
}
