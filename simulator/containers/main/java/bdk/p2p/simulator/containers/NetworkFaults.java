package bdk.p2p.simulator.containers;

import bdk.p2p.simulator.backend.MadeFault;
import bdk.p2p.simulator.fault.Bandwidth;
import bdk.p2p.simulator.fault.ConnectBlackHole;
import bdk.p2p.simulator.fault.ConnectRefused;
import bdk.p2p.simulator.fault.Delay;
import bdk.p2p.simulator.fault.DrawnFault;
import bdk.p2p.simulator.fault.Fault;
import bdk.p2p.simulator.fault.Loss;
import bdk.p2p.simulator.fault.Partition;
import bdk.p2p.simulator.fault.Reset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Makes faults of the network by the tools beside the victims. The driver's thread; one thread of
 * its own ends what lasts for a moment only.
 */
final class NetworkFaults implements AutoCloseable {
  /** In which the next bytes of all connections that are to be cut are to pass. */
  private static final long INSTANT_MILLIS = 1_000;

  private final List<Pod> pods;
  private final Links links;
  private final Ways ways;
  private final Subnet subnet;
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "bdk-sim-faults");
            thread.setDaemon(true);
            return thread;
          });
  private int made;

  /**
   * @param ways what lies between the pods, if netem makes it
   */
  NetworkFaults(List<Pod> pods, Links links, Ways ways, Subnet subnet) {
    this.pods = pods;
    this.links = links;
    this.ways = ways;
    this.subnet = subnet;
  }

  /** What a machine lacks for a fault; empty if it can make it. */
  static Optional<String> missingFor(Fault fault, MachineProbe probe, LatencyMeans latencies) {
    if (fault instanceof Partition || fault instanceof ConnectBlackHole) {
      return missing(probe, "iptables");
    }
    if (fault instanceof ConnectRefused) {
      return missing(probe, "iptables", "reject");
    }
    if (fault instanceof Loss loss) {
      return loss.resetAfter().isPresent()
          ? Optional.of("real TCP has no resetAfter")
          : missing(probe, "iptables", "statistic");
    }
    if (fault instanceof Reset reset) {
      return reset.perSecond() == 0
          ? missing(probe, "iptables", "reject")
          : missing(probe, "iptables", "reject", "limit");
    }
    if (fault instanceof Bandwidth bandwidth) {
      return bandwidth.downloadBitsPerSecond() == 0
          ? missing(probe, "tbf")
          : missing(probe, "tbf", "ifb");
    }
    if (fault instanceof Delay delay) {
      return latencies == LatencyMeans.NETEM && delay.jitter().compareTo(Way.MOST_JITTER) > 0
          ? Optional.of("netem draws at most 4 s of jitter; with BDK_LATENCY=relay there is more")
          : missing(probe, latencies.needs().toArray(String[]::new));
    }
    return Optional.of(
        "neither iptables nor tc makes it, and the simulator's relay does not either");
  }

  private static Optional<String> missing(MachineProbe probe, String... wanted) {
    for (String one : wanted) {
      if (!probe.has(one)) {
        return Optional.of("the kernel under the container engine has no " + one);
      }
    }
    return Optional.empty();
  }

  /** Makes a fault that begins now; empty if it is none of the network's. */
  Optional<MadeFault> make(DrawnFault fault) {
    if (fault.fault() instanceof Bandwidth bandwidth) {
      return Optional.of(BandwidthFault.begin(bandwidth, fault.victims(), links, pods));
    }
    if (fault.fault() instanceof Delay delay) {
      return Optional.of(NetemDelay.begin(delay, fault.victims(), ways, pods));
    }
    List<Pod> victims = fault.victims().stream().map(pods::get).toList();
    List<String> addresses = victims.stream().map(pod -> pod.address().getHostAddress()).toList();
    return Filter.of(fault.fault(), addresses, subnet.range())
        .map(filter -> begin(fault.fault(), filter, victims));
  }

  private MadeFault begin(Fault fault, Filter filter, List<Pod> victims) {
    FilterFault begun = FilterFault.begin(filter, "BDK" + made++, victims);
    if (fault instanceof Reset reset && reset.perSecond() == 0) {
      later.schedule(begun::end, INSTANT_MILLIS, TimeUnit.MILLISECONDS);
      return new Momentary(begun);
    }
    return begun;
  }

  /** Ends by itself. */
  private record Momentary(FilterFault fault) implements MadeFault {
    @Override
    public long bites() {
      return fault.bites();
    }

    @Override
    public void end() {}
  }

  @Override
  public void close() {
    later.shutdownNow();
  }
}
