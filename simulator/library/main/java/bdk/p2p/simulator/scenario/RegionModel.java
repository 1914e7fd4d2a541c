package bdk.p2p.simulator.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where nodes can be: regions with their share of the nodes and their bandwidths, and the one-way
 * latency between each two. Immutable.
 *
 * @param regions the regions, in the order of the matrix
 * @param latencyMillis one-way latency from the row's region to the column's, at least
 * @param jitter the most that a segment takes longer, as a part of the latency: 0.1 is a tenth
 * @param interRegionBitsPerSecond the most between two hosts of different regions, per direction; 0
 *     for no limit
 */
public record RegionModel(
    List<Region> regions,
    List<List<Double>> latencyMillis,
    double jitter,
    long interRegionBitsPerSecond) {

  /**
   * One region.
   *
   * @param name its name
   * @param share its part of all nodes, 0 to 1
   * @param downloadBitsPerSecond of each host in it
   * @param uploadBitsPerSecond of each host in it
   */
  public record Region(
      String name, double share, long downloadBitsPerSecond, long uploadBitsPerSecond) {}

  /** Copies the lists. */
  public RegionModel {
    regions = List.copyOf(regions);
    latencyMillis = latencyMillis.stream().map(List::copyOf).toList();
  }

  /**
   * A measured table that ships with the simulator, without jitter and limits between regions.
   *
   * @param name {@code bitcoin-2019}
   * @throws ScenarioException if there is no such table
   */
  public static RegionModel table(String name) {
    if (!RegionTable.names().contains(name)) {
      throw new ScenarioException("no table '" + name + "'; there are " + RegionTable.names());
    }
    return RegionTable.read(name, 0, 0);
  }

  /** One region, named {@code everywhere}, with the same latency between all and no limits. */
  public static RegionModel uniform(Duration latency) {
    return new RegionModel(
        List.of(new Region("everywhere", 1, 0, 0)),
        List.of(List.of(latency.toNanos() / 1e6)),
        0,
        0);
  }

  /** The same with another jitter. */
  public RegionModel withJitter(double other) {
    return new RegionModel(regions, latencyMillis, other, interRegionBitsPerSecond);
  }

  /** The same with another limit between regions. */
  public RegionModel withInterRegionBitsPerSecond(long other) {
    return new RegionModel(regions, latencyMillis, jitter, other);
  }

  /** The index of the region of this name, or -1. */
  public int indexOf(String name) {
    for (int index = 0; index < regions.size(); index++) {
      if (regions.get(index).name().equals(name)) {
        return index;
      }
    }
    return -1;
  }

  /** The least one-way latency between hosts of two regions. */
  public double latencyMillis(int from, int to) {
    return latencyMillis.get(from).get(to);
  }

  /**
   * Spreads nodes over the regions by share: each region gets its whole part, what is left goes one
   * each to the regions with the largest remainders (Hamilton's method), so the same count always
   * gives the same regions.
   *
   * @return the region index of each node; regions in order
   */
  public List<Integer> spread(int count) {
    double total = regions.stream().mapToDouble(Region::share).sum();
    int[] counts = new int[regions.size()];
    List<Integer> byRemainder = new ArrayList<>();
    int left = count;
    for (int index = 0; index < counts.length; index++) {
      counts[index] = (int) (quota(index, count, total));
      left -= counts[index];
      byRemainder.add(index);
    }
    byRemainder.sort(
        Comparator.comparingDouble(index -> counts[index] - quota(index, count, total)));
    for (int index = 0; index < left; index++) {
      counts[byRemainder.get(index)]++;
    }
    List<Integer> placed = new ArrayList<>(count);
    for (int index = 0; index < counts.length; index++) {
      for (int node = 0; node < counts[index]; node++) {
        placed.add(index);
      }
    }
    return placed;
  }

  private double quota(int index, int count, double total) {
    return regions.get(index).share() / total * count;
  }
}
