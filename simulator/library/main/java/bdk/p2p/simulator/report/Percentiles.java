package bdk.p2p.simulator.report;

import java.util.List;

/** Percentiles by nearest rank: the smallest value that at least p of 100 values do not exceed. */
final class Percentiles {
  private final double[] sorted;

  Percentiles(List<Double> values) {
    sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  /** 0 if there are no values. */
  double at(double percent) {
    if (sorted.length == 0) {
      return 0;
    }
    int rank = (int) Math.ceil(percent / 100 * sorted.length);
    return sorted[Math.max(0, rank - 1)];
  }

  int count() {
    return sorted.length;
  }

  /** The value that so many are before; below {@link #count}. */
  double ranked(int rank) {
    return sorted[rank];
  }
}
