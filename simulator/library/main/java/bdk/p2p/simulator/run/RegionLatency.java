package bdk.p2p.simulator.run;

import bdk.p2p.simulator.scenario.RegionModel;
import bdk.p2p.simulator.world.Host;
import bdk.p2p.simulator.world.Latency;
import bdk.p2p.simulator.world.PairLimit;
import java.util.random.RandomGenerator;

/**
 * Latency and bandwidth between hosts by the regions they are in. Regions are set as hosts are
 * made.
 */
final class RegionLatency implements Latency, PairLimit {
  private final RegionModel model;
  private final int[] regionOfHost;

  RegionLatency(RegionModel model, int[] regionOfHost) {
    this.model = model;
    this.regionOfHost = regionOfHost;
  }

  double minimumMillis(int fromHost, int toHost) {
    return model.latencyMillis(regionOfHost[fromHost], regionOfHost[toHost]);
  }

  @Override
  public long minimumNanos(Host from, Host to) {
    return (long) (minimumMillis(from.index(), to.index()) * 1e6);
  }

  @Override
  public long jitterNanos(Host from, Host to, RandomGenerator random) {
    long most = (long) (minimumNanos(from, to) * model.jitter());
    return most == 0 ? 0 : random.nextLong(most + 1);
  }

  @Override
  public long bitsPerSecond(Host from, Host to) {
    boolean sameRegion = regionOfHost[from.index()] == regionOfHost[to.index()];
    return sameRegion ? 0 : model.interRegionBitsPerSecond();
  }
}
