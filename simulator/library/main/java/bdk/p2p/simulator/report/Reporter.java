package bdk.p2p.simulator.report;

import bdk.p2p.message.RequestOutcome;
import bdk.p2p.simulator.oracle.ClaimResult;
import bdk.p2p.simulator.oracle.Expectation;
import bdk.p2p.simulator.run.BroadcastRecord;
import bdk.p2p.simulator.run.LinkRecord;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.SimulatedNode;
import bdk.p2p.simulator.scenario.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes the report of a run, claims checked. No state. */
public final class Reporter {
  private static final double NANOS_PER_MILLI = 1e6;

  private Reporter() {}

  /** The report of this run. */
  public static Report report(RunRecord run, List<ClaimResult> claims) {
    return new Report(
        run.scenario().name(),
        run.seed(),
        run.digest(),
        run.events(),
        run.nodes().stream().map(node -> node(run, node)).toList(),
        run.links().stream().map(link -> link(run, link)).toList(),
        run.broadcasts().stream().map(Reporter::broadcast).toList(),
        requests(run),
        claims,
        run.scenario().workload().broadcasts().stream()
            .map(stream -> propagation(run, stream))
            .toList(),
        run.virtualNanos() / NANOS_PER_MILLI,
        run.wallNanos() / NANOS_PER_MILLI);
  }

  private static Report.Node node(RunRecord run, SimulatedNode node) {
    return new Report.Node(
        node.id(),
        run.scenario().regions().regions().get(node.region()).name(),
        node.type().name().toLowerCase(Locale.ROOT),
        node.address().toString(),
        run.peersAtEnd().get(node.index()),
        node.bytesIn(),
        node.bytesOut(),
        node.crashesNanos().stream().map(nanos -> nanos / NANOS_PER_MILLI).toList());
  }

  private static Report.Link link(RunRecord run, LinkRecord link) {
    SimulatedNode a = link.dialler();
    SimulatedNode b = link.acceptor();
    return new Report.Link(
        a.id(),
        b.id(),
        List.of(run.latency().millis(a, b), run.latency().millis(b, a)),
        link.fromNanos() / NANOS_PER_MILLI,
        link.untilNanos() / NANOS_PER_MILLI);
  }

  private static Report.Broadcast broadcast(BroadcastRecord broadcast) {
    List<Report.Arrival> arrivals = new ArrayList<>();
    broadcast
        .arrivals()
        .forEach(
            (node, nanos) -> {
              if (node != broadcast.origin()) {
                arrivals.add(new Report.Arrival(node.id(), nanos / NANOS_PER_MILLI));
              }
            });
    return new Report.Broadcast(
        broadcast.stream(),
        broadcast.origin().id(),
        broadcast.bytes(),
        broadcast.publishedNanos() / NANOS_PER_MILLI,
        arrivals,
        broadcast.duplicates());
  }

  private static Map<String, Long> requests(RunRecord run) {
    Map<String, Long> sums = new LinkedHashMap<>();
    for (RequestOutcome outcome : RequestOutcome.values()) {
      long sum =
          run.nodes().stream().mapToLong(node -> node.requests().getOrDefault(outcome, 0L)).sum();
      sums.put(outcome.name(), sum);
    }
    return sums;
  }

  private static Report.Propagation propagation(RunRecord run, Workload.Broadcasts stream) {
    List<Double> delays = new ArrayList<>();
    int count = 0;
    int expected = 0;
    int delivered = 0;
    long duplicates = 0;
    for (BroadcastRecord broadcast : run.broadcasts()) {
      if (broadcast.stream().equals(stream.name())) {
        count++;
        duplicates += broadcast.duplicates();
        List<SimulatedNode> audience = Expectation.of(broadcast, run);
        expected += audience.size();
        for (SimulatedNode node : audience) {
          Long arrival = broadcast.arrivals().get(node);
          if (arrival != null) {
            delivered++;
            delays.add((arrival - broadcast.publishedNanos()) / NANOS_PER_MILLI);
          }
        }
      }
    }
    Percentiles percentiles = new Percentiles(delays);
    return new Report.Propagation(
        stream.name(),
        count,
        expected,
        delivered,
        percentiles.at(50),
        percentiles.at(95),
        percentiles.at(99),
        percentiles.at(100),
        delivered == 0 ? 0 : (double) duplicates / delivered);
  }
}
