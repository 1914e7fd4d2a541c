package bdk.p2p.simulator.report;

import bdk.p2p.message.RequestOutcome;
import bdk.p2p.simulator.fault.DrawnFault;
import bdk.p2p.simulator.oracle.ClaimResult;
import bdk.p2p.simulator.oracle.Expectation;
import bdk.p2p.simulator.run.BroadcastRecord;
import bdk.p2p.simulator.run.FaultOutcome;
import bdk.p2p.simulator.run.LinkRecord;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.Sample;
import bdk.p2p.simulator.run.SimulatedNode;
import bdk.p2p.simulator.scenario.RegionModel;
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

  /**
   * The report of a run.
   *
   * @param claims what became of the claims
   * @param replay the command that gives the same run again, quoted for a shell where need be
   */
  public static Report report(RunRecord run, List<ClaimResult> claims, String replay) {
    return new Report(
        Report.VERSION,
        run.scenario().name(),
        run.backend(),
        run.seed(),
        replay,
        Versions.present(),
        run.digest(),
        run.events(),
        regions(run),
        run.nodes().stream().map(node -> node(run, node)).toList(),
        run.links().stream().map(link -> link(run, link)).toList(),
        run.faults().stream().map(fault -> fault(run, fault)).toList(),
        run.broadcasts().stream().map(Reporter::broadcast).toList(),
        requests(run),
        latencies(run),
        run.samples().stream().map(Reporter::sample).toList(),
        claims,
        run.scenario().workload().broadcasts().stream()
            .map(stream -> propagation(run, stream))
            .toList(),
        run.virtualNanos() / NANOS_PER_MILLI,
        run.wallNanos() / NANOS_PER_MILLI);
  }

  private static List<String> regions(RunRecord run) {
    return run.scenario().regions().regions().stream().map(RegionModel.Region::name).toList();
  }

  private static Report.Node node(RunRecord run, SimulatedNode node) {
    return new Report.Node(
        node.id(),
        regions(run).get(node.region()),
        node.type().name().toLowerCase(Locale.ROOT),
        node.address().toString(),
        run.peersAtEnd().get(node.index()),
        node.bytesIn(),
        node.bytesOut(),
        node.crashesNanos().stream().map(nanos -> nanos / NANOS_PER_MILLI).toList());
  }

  private static Report.Fault fault(RunRecord run, FaultOutcome outcome) {
    DrawnFault fault = outcome.fault();
    return new Report.Fault(
        fault.id(),
        fault.fault().kind(),
        fault.victims().stream().map(index -> run.nodes().get(index).id()).toList(),
        fault.fromNanos() / NANOS_PER_MILLI,
        fault.untilNanos() / NANOS_PER_MILLI,
        outcome.bit(),
        outcome.began() ? figures(fault) : "the run ended before");
  }

  /** A fault's figures in words: {@code Loss[rate=0.1]} says "rate 0.1". */
  private static String figures(DrawnFault fault) {
    String text = fault.fault().toString();
    int open = text.indexOf('[');
    return open < 0 || !text.endsWith("]")
        ? text
        : text.substring(open + 1, text.length() - 1).replace('=', ' ');
  }

  private static Report.Sample sample(Sample sample) {
    return new Report.Sample(
        sample.nanos() / NANOS_PER_MILLI,
        sample.sessions(),
        sample.nodesUp(),
        sample.bytesIn(),
        sample.bytesOut(),
        sample.deliveries(),
        sample.duplicates());
  }

  private static List<Report.RequestSample> latencies(RunRecord run) {
    return run.requests().stream()
        .filter(request -> request.endings() > 0)
        .map(
            request ->
                new Report.RequestSample(
                    request.askedNanos() / NANOS_PER_MILLI,
                    (request.endedNanos() - request.askedNanos()) / NANOS_PER_MILLI,
                    request.outcome()))
        .toList();
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
    List<String> names = regions(run);
    Spread all = new Spread();
    List<Spread> byRegion = names.stream().map(name -> new Spread()).toList();
    int count = 0;
    long duplicates = 0;
    for (BroadcastRecord broadcast : run.broadcasts()) {
      if (broadcast.stream().equals(stream.name())) {
        count++;
        duplicates += broadcast.duplicates();
        for (SimulatedNode node : Expectation.of(broadcast, run)) {
          Long arrival = broadcast.arrivals().get(node);
          for (Spread spread : List.of(all, byRegion.get(node.region()))) {
            spread.expect();
            if (arrival != null) {
              spread.reached((arrival - broadcast.publishedNanos()) / NANOS_PER_MILLI);
            }
          }
        }
      }
    }
    List<Report.RegionPropagation> regions = new ArrayList<>();
    for (int index = 0; index < names.size(); index++) {
      if (byRegion.get(index).expected() > 0) {
        regions.add(byRegion.get(index).inRegion(names.get(index)));
      }
    }
    return all.ofStream(stream.name(), count, duplicates, regions);
  }
}
