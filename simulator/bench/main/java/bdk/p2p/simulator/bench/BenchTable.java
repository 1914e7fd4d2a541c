package bdk.p2p.simulator.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A result as lines of text. */
final class BenchTable {
  static final String HEADING =
      String.format(
          "%-18s %-9s %12s %25s %9s %9s %9s %9s %9s %9s   %s",
          "case",
          "contender",
          "a second",
          "least to most",
          "p50 us",
          "p99 us",
          "p99.9 us",
          "made B",
          "heap B",
          "direct B",
          "of bare Netty: throughput, p99");

  private BenchTable() {}

  static String lines(BenchResult result) {
    StringBuilder text = new StringBuilder();
    result.windows().forEach((contender, windows) -> text.append(line(result, contender, windows)));
    return text.toString();
  }

  private static String line(BenchResult result, String contender, List<Window> windows) {
    Spread rate = spread(windows, Window::perSecond);
    BenchResult.Ratios ratios = result.ratios().get(contender);
    return String.format(
        Locale.ROOT,
        "%-18s %-9s %,12.1f %,12.1f %,12.1f %9s %9s %9s %9s %9s %9s   %s%n",
        result.name(),
        contender,
        rate.median(),
        rate.min(),
        rate.max(),
        shown(windows, Window::p50Micros),
        shown(windows, Window::p99Micros),
        shown(windows, Window::p999Micros),
        shown(windows, Window::madeBytes),
        shown(windows, Window::heapBytes),
        shown(windows, Window::directBytes),
        ratios == null
            ? "1"
            : shown(ratios.throughput())
                + (ratios.p99() == null ? "" : ", " + shown(ratios.p99())));
  }

  private static String shown(Spread ratio) {
    return String.format(
        Locale.ROOT, "%.2f (%.2f to %.2f)", ratio.median(), ratio.min(), ratio.max());
  }

  private static String shown(List<Window> windows, ToDoubleFunction<Window> value) {
    double median = spread(windows, value).median();
    return median == 0 ? "" : String.format(Locale.ROOT, "%,.0f", median);
  }

  private static Spread spread(List<Window> windows, ToDoubleFunction<Window> value) {
    return Spread.of(windows.stream().mapToDouble(value));
  }
}
