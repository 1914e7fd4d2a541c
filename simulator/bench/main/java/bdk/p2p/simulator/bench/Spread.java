package bdk.p2p.simulator.bench;

import java.util.List;
import java.util.stream.DoubleStream;

/** The middle and the ends of several values. */
record Spread(double median, double min, double max) {
  /** Of at least one value. */
  static Spread of(DoubleStream values) {
    List<Double> sorted = values.sorted().boxed().toList();
    int count = sorted.size();
    double median = (sorted.get((count - 1) / 2) + sorted.get(count / 2)) / 2;
    return new Spread(median, sorted.get(0), sorted.get(count - 1));
  }
}
