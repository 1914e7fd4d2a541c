package bdk.p2p.simulator.oracle;

import bdk.p2p.simulator.run.BroadcastRecord;
import bdk.p2p.simulator.run.RunEvent;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.SimulatedNode;
import bdk.p2p.simulator.run.Topology;
import bdk.p2p.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Every broadcast reaches every node that it can be expected to reach by the time it is due. Judged
 * at the first event after that.
 *
 * <p>Expected is it at its audience, see {@link Expectation}. If a life ended or a fault disturbed
 * anybody on its way, which may have broken the only path, it is still expected wherever sessions
 * of others that were open all the time lead from a node that had it in half the time.
 */
final class EverythingDelivered implements Claim {
  private final Topology topology = new Topology();
  private final DisturbedTimes disturbed;
  private final PriorityQueue<BroadcastRecord> waiting =
      new PriorityQueue<>(Comparator.comparingLong(BroadcastRecord::dueNanos));
  private long nextDueNanos = Long.MAX_VALUE;
  private long lastEndNanos = -1;
  private int expected;
  private int delivered;
  private int excused;
  private long slowestNanos;
  private long longestBoundNanos;

  EverythingDelivered(Scenario scenario) {
    this.disturbed = new DisturbedTimes(scenario);
  }

  @Override
  public String name() {
    return "everything-delivered";
  }

  @Override
  public Optional<String> on(RunEvent event) {
    Optional<String> wrong =
        event.nanos() > nextDueNanos ? judgeUntil(event.nanos()) : Optional.empty();
    topology.on(event);
    disturbed.on(event);
    if (event instanceof RunEvent.Published published) {
      waiting.add(published.broadcast());
      nextDueNanos = waiting.element().dueNanos();
    } else if (event instanceof RunEvent.Ended ended) {
      lastEndNanos = ended.nanos();
    }
    return wrong;
  }

  /** Judges what was due before. */
  private Optional<String> judgeUntil(long nanos) {
    Optional<String> first = Optional.empty();
    while (!waiting.isEmpty() && waiting.element().dueNanos() < nanos) {
      Optional<String> wrong = judge(waiting.remove());
      first = first.isPresent() ? first : wrong;
    }
    nextDueNanos = waiting.isEmpty() ? Long.MAX_VALUE : waiting.element().dueNanos();
    return first;
  }

  private Optional<String> judge(BroadcastRecord broadcast) {
    Set<Integer> struck = disturbed.struck(broadcast.publishedNanos(), broadcast.dueNanos());
    List<SimulatedNode> audience = Expectation.of(broadcast, struck);
    List<SimulatedNode> missing = new ArrayList<>(audience);
    missing.removeIf(node -> hasBy(node, broadcast, broadcast.dueNanos()));
    int late = missing.size();
    boolean mayHaveBrokenPaths = !struck.isEmpty() || lastEndNanos >= broadcast.publishedNanos();
    if (!missing.isEmpty() && mayHaveBrokenPaths) {
      missing.retainAll(stillReachable(broadcast, struck));
    }
    excused += broadcast.audience().size() - audience.size() + late - missing.size();
    longestBoundNanos = Math.max(longestBoundNanos, broadcast.withinNanos());
    expected += audience.size() - late + missing.size();
    delivered += audience.size() - late;
    for (SimulatedNode node : audience) {
      slowestNanos =
          Math.max(
              slowestNanos,
              broadcast.arrivals().getOrDefault(node, 0L) - broadcast.publishedNanos());
    }
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            describe(broadcast, missing.get(0)) + " and " + (missing.size() - 1) + " more");
  }

  private static boolean hasBy(SimulatedNode node, BroadcastRecord broadcast, long nanos) {
    Long arrival = broadcast.arrivals().get(node);
    return arrival != null && arrival <= nanos;
  }

  /** Where sessions lead that are open since it was published, from those who had it early. */
  private Set<SimulatedNode> stillReachable(BroadcastRecord broadcast, Set<Integer> struck) {
    long published = broadcast.publishedNanos();
    long half = published + broadcast.withinNanos() / 2;
    List<SimulatedNode> holders = new ArrayList<>();
    holders.add(broadcast.origin());
    broadcast.arrivals().keySet().stream()
        .filter(node -> hasBy(node, broadcast, half))
        .forEach(holders::add);
    holders.removeIf(node -> !Expectation.isSound(node, broadcast, struck));
    return topology.reachable(
        holders,
        (from, to) -> !struck.contains(to.index()) && topology.joinedSince(from, to, published));
  }

  private static String describe(BroadcastRecord broadcast, SimulatedNode node) {
    Long arrival = broadcast.arrivals().get(node);
    String when =
        arrival == null
            ? "never arrived"
            : "arrived after " + (arrival - broadcast.publishedNanos()) / 1_000_000 + " ms";
    return "what %s published at %d ms (%s, %d bytes, due within %d ms) %s at %s"
        .formatted(
            broadcast.origin(),
            broadcast.publishedNanos() / 1_000_000,
            broadcast.stream(),
            broadcast.bytes(),
            broadcast.withinNanos() / 1_000_000,
            when,
            node);
  }

  @Override
  public ClaimResult check(RunRecord run) {
    Optional<String> last = judgeUntil(run.virtualNanos() + 1);
    return result(
        delivered == expected && (expected > 0 || !run.wantsBroadcasts()),
        "%d of %d in time, %d excused, the slowest after %d ms of a bound of at most %d ms;"
                .formatted(
                    delivered,
                    expected,
                    excused,
                    slowestNanos / 1_000_000,
                    longestBoundNanos / 1_000_000)
            + " broadcasts under way at the end: "
            + waiting.size()
            + last.map(wrong -> "; " + wrong).orElse(""));
  }
}
