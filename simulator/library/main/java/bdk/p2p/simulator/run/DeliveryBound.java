package bdk.p2p.simulator.run;

import bdk.p2p.simulator.backend.Backend;
import bdk.p2p.simulator.scenario.NodeGroup.Bandwidth;
import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.scenario.Workload;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * How long a broadcast may take to everybody: what the scenario says, or else what the network as
 * it is when the broadcast is published lets one expect. Driver's thread only.
 *
 * <pre>
 *  bound = {@value #SAFETY} x time to the farthest reachable node + computing
 *
 *  time to a node = the least sum over a path of joined nodes of, for each hop,
 *      latency x (1 + jitter)
 *    + bits / min(upload of the sender / its peers, download of the receiver / its peers,
 *                 limit between the two hosts)
 *    + bytes / 256 KiB x (latency there + latency back) x (1 + jitter)
 *
 *  computing: {@link Backend#computing}, 250 ms in virtual time, otherwise 2 s
 *  bits, bytes: one message of every stream, one notification, one answer, and the broadcast itself
 * </pre>
 *
 * <p>A relaying node sends to all its peers at once, so they share its upload; each peer may get
 * its copies from all its own peers at once. A message of each other stream may stand in front in
 * the queue. A window of 256 KiB opens once in a round trip. The safety factor stands for several
 * messages of one stream in a queue and for segments that are cut small.
 */
final class DeliveryBound {
  static final int SAFETY = 3;

  private static final int HEADER_BYTES = 32;
  private static final double WINDOW_BYTES = 256 * 1024;

  private final Scenario scenario;
  private final ScenarioDistances distances;
  private final Duration computing;
  private final Topology topology;
  private final Optional<Duration> stated;
  private final long queuedBytes;

  /**
   * @param computing what nodes may need for computing
   */
  DeliveryBound(
      Scenario scenario, ScenarioDistances distances, Duration computing, Topology topology) {
    this.scenario = scenario;
    this.distances = distances;
    this.computing = computing;
    this.topology = topology;
    this.stated = scenario.bounds().deliveredWithin();
    Workload workload = scenario.workload();
    this.queuedBytes =
        workload.broadcasts().stream().mapToLong(stream -> stream.bytes() + HEADER_BYTES).sum()
            + workload.requests().map(stream -> stream.answerBytes() + HEADER_BYTES).orElse(0)
            + workload.notifications().map(stream -> stream.bytes() + HEADER_BYTES).orElse(0);
  }

  /** For a broadcast that is published now. */
  long nanos(SimulatedNode origin, int bytes) {
    return stated
        .map(Duration::toNanos)
        .orElseGet(
            () -> (long) (SAFETY * farthestSeconds(origin, bytes) * 1e9) + computing.toNanos());
  }

  private record Reached(SimulatedNode node, double seconds) implements Comparable<Reached> {
    @Override
    public int compareTo(Reached other) {
      return Double.compare(seconds, other.seconds);
    }
  }

  /** Dijkstra's shortest paths, to the last node that they reach. */
  private double farthestSeconds(SimulatedNode origin, int bytes) {
    Map<SimulatedNode, List<SimulatedNode>> joined = new HashMap<>();
    Map<SimulatedNode, Double> best = new HashMap<>(Map.of(origin, 0.0));
    PriorityQueue<Reached> waiting = new PriorityQueue<>(List.of(new Reached(origin, 0)));
    double farthest = 0;
    while (!waiting.isEmpty()) {
      Reached from = waiting.remove();
      if (from.seconds() <= best.get(from.node())) {
        farthest = from.seconds();
        List<SimulatedNode> others = joined.computeIfAbsent(from.node(), topology::joined);
        for (SimulatedNode to : others) {
          int toPeers = joined.computeIfAbsent(to, topology::joined).size();
          double at = from.seconds() + hopSeconds(from.node(), others.size(), to, toPeers, bytes);
          if (at < best.getOrDefault(to, Double.MAX_VALUE)) {
            best.put(to, at);
            waiting.add(new Reached(to, at));
          }
        }
      }
    }
    return farthest;
  }

  private double hopSeconds(
      SimulatedNode from, int fromPeers, SimulatedNode to, int toPeers, int bytes) {
    double there = latencySeconds(from, to);
    double roundTrip = there + latencySeconds(to, from);
    double all = queuedBytes + bytes + HEADER_BYTES;
    double transfer =
        Math.max(
            seconds(all, bandwidth(from).uploadBitsPerSecond(), fromPeers),
            Math.max(
                seconds(all, bandwidth(to).downloadBitsPerSecond(), toPeers),
                seconds(all, distances.bitsPerSecond(from.index(), to.index()), 1)));
    return there + transfer + all / WINDOW_BYTES * roundTrip;
  }

  private double latencySeconds(SimulatedNode from, SimulatedNode to) {
    return distances.latencyMillis(from.index(), to.index()) / 1e3 * (1 + distances.jitter());
  }

  private static double seconds(double bytes, long bitsPerSecond, int sharers) {
    return bitsPerSecond == 0 ? 0 : bytes * 8 * sharers / bitsPerSecond;
  }

  private Bandwidth bandwidth(SimulatedNode node) {
    return Placement.bandwidth(node.group(), scenario.regions().regions().get(node.region()));
  }
}
