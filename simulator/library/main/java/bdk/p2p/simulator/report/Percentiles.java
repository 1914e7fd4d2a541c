package bdk.p2p.simulator.report;

import java.util.List;

/** Percentiles by nearest rank: the smallest value that at least p of 100 values do not exceed. */
final class Percentiles {
  private final List<Double> sorted;

  Percentiles(List<Double> values) {
    sorted = values.stream().sorted().toList();
  }

  /** 0 if there are no values. */
  double at(double percent) {
    if (sorted.isEmpty()) {
      return 0;
    }
    int rank = (int) Math.ceil(percent / 100 * sorted.size());
    return sorted.get(Math.max(0, rank - 1));
  }
}
