package bdk.p2p.simulator.report;

import bdk.p2p.simulator.oracle.ClaimResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Two reports side by side. Immutable. */
public final class Comparison {
  /** Milliseconds of propagation that are noise. */
  public static final double FLOOR_MILLIS = 5;

  /** Copies a delivery that are noise. */
  public static final double FLOOR_DUPLICATES = 0.05;

  /** Bytes of a node that are noise. */
  public static final double FLOOR_BYTES = 10_000;

  private final Report a;
  private final Report b;
  private final List<Figure> figures = new ArrayList<>();

  /** Compares the second with the first. */
  public Comparison(Report a, Report b) {
    this.a = a;
    this.b = b;
    Set<String> streams = new LinkedHashSet<>();
    a.propagation().forEach(stream -> streams.add(stream.stream()));
    b.propagation().forEach(stream -> streams.add(stream.stream()));
    streams.forEach(this::addStream);
    addBytes("bytes in", Report.Node::bytesIn);
    addBytes("bytes out", Report.Node::bytesOut);
    addRequests();
    add("claims held", Figure.Worse.NEITHER, 0, 0, report -> claims(report, true));
    add("claims broken", Figure.Worse.MORE, 0, 0, report -> claims(report, false));
    add("virtual seconds", Figure.Worse.NEITHER, 1, 0, report -> report.virtualMillis() / 1000);
    add("wall seconds", Figure.Worse.NEITHER, 1, 0, report -> report.wallMillis() / 1000);
  }

  /** Every figure, in the order to show them. */
  public List<Figure> figures() {
    return List.copyOf(figures);
  }

  /** Those by which the second is worse than the first by more than so much. */
  public List<Figure> worse(double thresholdPercent) {
    return figures.stream().filter(figure -> figure.isWorse(thresholdPercent)).toList();
  }

  /** The two side by side, a line for each figure. */
  public String table() {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"", "A", "B", "difference"});
    rows.add(new String[] {"scenario", a.scenario(), b.scenario(), ""});
    rows.add(new String[] {"backend", a.backend(), b.backend(), ""});
    rows.add(new String[] {"seed", "" + a.seed(), "" + b.seed(), ""});
    rows.add(new String[] {"nodes", "" + a.nodes().size(), "" + b.nodes().size(), ""});
    for (Figure figure : figures) {
      rows.add(
          new String[] {
            figure.name(), figure.shown(figure.a()), figure.shown(figure.b()), figure.difference()
          });
    }
    int[] widths = new int[4];
    for (String[] row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row[column].length());
      }
    }
    String format =
        "%-" + widths[0] + "s  %" + widths[1] + "s  %" + widths[2] + "s  %" + widths[3] + "s";
    StringBuilder page = new StringBuilder();
    for (String[] row : rows) {
      page.append(String.format(Locale.ROOT, format, (Object[]) row).stripTrailing()).append('\n');
    }
    return page.toString();
  }

  private void addStream(String name) {
    addOfStream(name, "delivered", Figure.Worse.LESS, 4, 0, Comparison::ratio);
    addOfStream(name, "p50 ms", Figure.Worse.MORE, 0, FLOOR_MILLIS, Report.Propagation::p50Millis);
    addOfStream(name, "p95 ms", Figure.Worse.MORE, 0, FLOOR_MILLIS, Report.Propagation::p95Millis);
    addOfStream(name, "p99 ms", Figure.Worse.MORE, 0, FLOOR_MILLIS, Report.Propagation::p99Millis);
    addOfStream(name, "max ms", Figure.Worse.MORE, 0, FLOOR_MILLIS, Report.Propagation::maxMillis);
    addOfStream(
        name,
        "duplicates a delivery",
        Figure.Worse.MORE,
        2,
        FLOOR_DUPLICATES,
        Report.Propagation::duplicatesPerDelivery);
  }

  private static double ratio(Report.Propagation stream) {
    return stream.expected() == 0 ? 0 : (double) stream.delivered() / stream.expected();
  }

  private void addOfStream(
      String stream,
      String what,
      Figure.Worse worse,
      int decimals,
      double floor,
      ToDoubleFunction<Report.Propagation> value) {
    figures.add(
        new Figure(
            stream + " " + what,
            ofStream(a, stream, value),
            ofStream(b, stream, value),
            decimals,
            worse,
            floor));
  }

  private static OptionalDouble ofStream(
      Report report, String stream, ToDoubleFunction<Report.Propagation> value) {
    return report.propagation().stream()
        .filter(one -> one.stream().equals(stream))
        .mapToDouble(value)
        .findFirst();
  }

  private void addBytes(String name, ToLongFunction<Report.Node> bytes) {
    add(
        name + " median",
        Figure.Worse.MORE,
        0,
        FLOOR_BYTES,
        report -> ofNodes(report, bytes).at(50));
    add(name + " max", Figure.Worse.MORE, 0, FLOOR_BYTES, report -> ofNodes(report, bytes).at(100));
  }

  private static Percentiles ofNodes(Report report, ToLongFunction<Report.Node> bytes) {
    return new Percentiles(
        report.nodes().stream()
            .filter(node -> node.type().equals("normal"))
            .map(node -> (double) bytes.applyAsLong(node))
            .toList());
  }

  private void addRequests() {
    Set<String> outcomes = new LinkedHashSet<>(a.requests().keySet());
    outcomes.addAll(b.requests().keySet());
    for (String outcome : outcomes) {
      add(
          "requests " + outcome,
          Figure.Worse.NEITHER,
          0,
          0,
          report -> report.requests().getOrDefault(outcome, 0L));
    }
  }

  private static long claims(Report report, boolean held) {
    return report.claims().stream().map(ClaimResult::held).filter(one -> one == held).count();
  }

  private void add(
      String name, Figure.Worse worse, int decimals, double floor, ToDoubleFunction<Report> value) {
    figures.add(
        new Figure(
            name,
            OptionalDouble.of(value.applyAsDouble(a)),
            OptionalDouble.of(value.applyAsDouble(b)),
            decimals,
            worse,
            floor));
  }
}
