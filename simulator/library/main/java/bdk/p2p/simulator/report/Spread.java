package bdk.p2p.simulator.report;

import java.util.ArrayList;
import java.util.List;

/**
 * How long broadcasts took to their nodes: counts who was expected, keeps the delay of each that
 * was reached. One thread.
 */
final class Spread {
  /** The most points of a curve. */
  static final int POINTS = 200;

  private final List<Double> delaysMillis = new ArrayList<>();
  private int expected;

  void expect() {
    expected++;
  }

  void reached(double afterMillis) {
    delaysMillis.add(afterMillis);
  }

  int expected() {
    return expected;
  }

  Report.Propagation ofStream(
      String stream, int broadcasts, long duplicates, List<Report.RegionPropagation> regions) {
    Percentiles percentiles = new Percentiles(delaysMillis);
    int delivered = delaysMillis.size();
    return new Report.Propagation(
        stream,
        broadcasts,
        expected,
        delivered,
        percentiles.at(50),
        percentiles.at(95),
        percentiles.at(99),
        percentiles.at(100),
        delivered == 0 ? 0 : (double) duplicates / delivered,
        curve(percentiles),
        regions);
  }

  Report.RegionPropagation inRegion(String region) {
    Percentiles percentiles = new Percentiles(delaysMillis);
    return new Report.RegionPropagation(
        region,
        expected,
        delaysMillis.size(),
        percentiles.at(50),
        percentiles.at(95),
        percentiles.at(99),
        percentiles.at(100),
        curve(percentiles));
  }

  /** Every arrival if they are few; else some at even ranks, the first and the last among them. */
  private List<Report.Reached> curve(Percentiles arrivals) {
    return Thinning.evenly(arrivals.count(), POINTS).stream()
        .map(rank -> new Report.Reached(arrivals.ranked(rank), (rank + 1.0) / expected))
        .toList();
  }
}
