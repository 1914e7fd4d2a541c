package bdk.p2p.simulator.report;

import bdk.p2p.simulator.oracle.ClaimResult;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What the scripts of {@code report.html} get to draw: a report within {@link PageBounds}. Times
 * are milliseconds of virtual time; nodes and regions are indices into their lists. Immutable.
 *
 * @param run the head of the page
 * @param claims broken ones first
 * @param regions their names
 * @param propagation by stream
 * @param samples the network over time
 * @param faults in the order of their beginning
 * @param requests requests that ended, by outcome, of the core and the workload
 * @param outcomes requests of the workload, by outcome
 * @param topology nodes and how broadcasts reached them
 */
record PageContent(
    Run run,
    List<ClaimResult> claims,
    List<String> regions,
    List<Report.Propagation> propagation,
    List<Report.Sample> samples,
    List<ShownFault> faults,
    Map<String, Long> requests,
    List<ShownRequests.Outcome> outcomes,
    ShownTopology topology) {

  /**
   * What ran, and how much of everything there was.
   *
   * @param counts how many claims, streams, samples and so on there were before thinning
   */
  record Run(
      String scenario,
      long seed,
      String backend,
      String replay,
      Map<String, String> versions,
      String digest,
      long events,
      double virtualMillis,
      double wallMillis,
      int brokenClaims,
      Map<String, Integer> counts) {}

  /** A fault, whose nodes are named up to a bound and counted. */
  record ShownFault(
      String id,
      String kind,
      List<String> nodes,
      int nodeCount,
      double fromMillis,
      double untilMillis,
      long bit,
      String detail) {}

  static PageContent of(Report report) {
    return new PageContent(
        run(report),
        claims(report),
        Thinning.first(report.regions(), PageBounds.REGIONS).stream().map(Thinning::name).toList(),
        Thinning.first(report.propagation(), PageBounds.STREAMS).stream()
            .map(PageContent::propagation)
            .toList(),
        Thinning.evenly(report.samples(), PageBounds.SAMPLES),
        Thinning.first(report.faults(), PageBounds.FAULTS).stream()
            .map(PageContent::fault)
            .toList(),
        report.requests(),
        ShownRequests.of(report.requestLatencies()),
        ShownTopology.of(report));
  }

  private static Run run(Report report) {
    return new Run(
        report.scenario(),
        report.seed(),
        report.backend(),
        report.replay(),
        report.versions(),
        report.digest(),
        report.events(),
        report.virtualMillis(),
        report.wallMillis(),
        (int) report.claims().stream().filter(claim -> !claim.held()).count(),
        Map.of(
            "claims", report.claims().size(),
            "streams", report.propagation().size(),
            "regions", report.regions().size(),
            "samples", report.samples().size(),
            "faults", report.faults().size(),
            "requests", report.requestLatencies().size(),
            "nodes", report.nodes().size(),
            "broadcasts", report.broadcasts().size(),
            "links", report.links().size()));
  }

  private static List<ClaimResult> claims(Report report) {
    List<ClaimResult> brokenFirst =
        report.claims().stream().sorted(Comparator.comparing(ClaimResult::held)).toList();
    return Thinning.first(brokenFirst, PageBounds.CLAIMS).stream()
        .map(
            claim ->
                new ClaimResult(
                    Thinning.name(claim.name()), claim.held(), Thinning.sentence(claim.detail())))
        .toList();
  }

  private static Report.Propagation propagation(Report.Propagation stream) {
    return new Report.Propagation(
        Thinning.name(stream.stream()),
        stream.broadcasts(),
        stream.expected(),
        stream.delivered(),
        stream.p50Millis(),
        stream.p95Millis(),
        stream.p99Millis(),
        stream.maxMillis(),
        stream.duplicatesPerDelivery(),
        Thinning.evenly(stream.reach(), Spread.POINTS),
        Thinning.first(stream.regions(), PageBounds.REGIONS).stream()
            .map(PageContent::region)
            .toList());
  }

  private static Report.RegionPropagation region(Report.RegionPropagation region) {
    return new Report.RegionPropagation(
        Thinning.name(region.region()),
        region.expected(),
        region.delivered(),
        region.p50Millis(),
        region.p95Millis(),
        region.p99Millis(),
        region.maxMillis(),
        Thinning.evenly(region.reach(), Spread.POINTS));
  }

  private static ShownFault fault(Report.Fault fault) {
    return new ShownFault(
        Thinning.name(fault.id()),
        Thinning.name(fault.kind()),
        Thinning.first(fault.nodes(), PageBounds.FAULT_NODES).stream().map(Thinning::name).toList(),
        fault.nodes().size(),
        fault.fromMillis(),
        fault.untilMillis(),
        fault.bit(),
        Thinning.sentence(fault.detail()));
  }
}
