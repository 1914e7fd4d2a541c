package bdk.p2p.simulator.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The requests of the workload as the page shows them. No state. */
final class ShownRequests {
  private ShownRequests() {}

  /**
   * The requests that ended in one way.
   *
   * @param outcome how they ended
   * @param count all of them
   * @param p50Millis the median time they took; the percentiles are those of all of them
   * @param points [asked at, took] in milliseconds, of some of them
   */
  record Outcome(
      String outcome,
      int count,
      double p50Millis,
      double p95Millis,
      double p99Millis,
      double maxMillis,
      List<List<Double>> points) {}

  /** By outcome; the room is shared so that a rare outcome is shown whole. */
  static List<Outcome> of(List<Report.RequestSample> requests) {
    Map<String, List<Report.RequestSample>> byOutcome =
        requests.stream()
            .collect(
                Collectors.groupingBy(
                    Report.RequestSample::outcome, TreeMap::new, Collectors.toList()));
    List<Integer> counts = byOutcome.values().stream().map(List::size).toList();
    int[] shares = Thinning.shares(counts, PageBounds.REQUESTS);
    List<Outcome> outcomes = new ArrayList<>();
    byOutcome.forEach(
        (outcome, ended) -> outcomes.add(outcome(outcome, ended, shares[outcomes.size()])));
    return outcomes;
  }

  private static Outcome outcome(String name, List<Report.RequestSample> ended, int share) {
    Percentiles took =
        new Percentiles(ended.stream().map(Report.RequestSample::tookMillis).toList());
    return new Outcome(
        Thinning.name(name),
        ended.size(),
        took.at(50),
        took.at(95),
        took.at(99),
        took.at(100),
        points(ended, share));
  }

  private static List<List<Double>> points(List<Report.RequestSample> ended, int share) {
    int slowest =
        IntStream.range(0, ended.size())
            .boxed()
            .max(Comparator.comparing(index -> ended.get(index).tookMillis()))
            .orElse(0);
    return Thinning.evenlyWith(slowest, ended.size(), share).stream()
        .map(ended::get)
        .map(one -> List.of(one.atMillis(), one.tookMillis()))
        .toList();
  }
}
