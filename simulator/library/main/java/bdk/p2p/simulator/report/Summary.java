package bdk.p2p.simulator.report;

import bdk.p2p.simulator.oracle.ClaimResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** A report as a page of text. No state. */
public final class Summary {
  private static final Pattern NUMBER = Pattern.compile("-\\d+$");

  private Summary() {}

  /** The page, ending in a line with the digest if there is one. */
  public static String of(Report report) {
    StringBuilder page = new StringBuilder();
    line(page, "scenario      %s, seed %d", report.scenario(), report.seed());
    line(page, "backend       %s", report.backend());
    line(
        page,
        "time          %.1f s of the run in %.1f s real, %,d network events",
        report.virtualMillis() / 1000,
        report.wallMillis() / 1000,
        report.events());
    nodes(page, report);
    for (Report.Propagation stream : report.propagation()) {
      propagation(page, stream);
    }
    line(page, "requests      %s", report.requests());
    faults(page, report);
    for (ClaimResult claim : report.claims()) {
      line(page, "%s  %-24s %s", claim.held() ? "held  " : "BROKEN", claim.name(), claim.detail());
    }
    if (!report.digest().isEmpty()) {
      line(page, "digest: %s", report.digest());
    }
    return page.toString();
  }

  private static void nodes(StringBuilder page, Report report) {
    List<Report.Node> normal =
        report.nodes().stream().filter(node -> node.type().equals("normal")).toList();
    Percentiles peers = of(normal.stream().map(node -> (double) node.peers()).toList());
    Percentiles in = of(normal.stream().map(node -> node.bytesIn() / 1e6).toList());
    Percentiles out = of(normal.stream().map(node -> node.bytesOut() / 1e6).toList());
    line(
        page,
        "nodes         %d normal, %d discovery; sessions ever open %d",
        normal.size(),
        report.nodes().size() - normal.size(),
        report.links().size());
    line(
        page,
        "connections   per node min %.0f, median %.0f, max %.0f",
        peers.at(0),
        peers.at(50),
        peers.at(100));
    line(
        page,
        "bytes         per node in median %.1f MB, max %.1f MB; out median %.1f MB, max %.1f MB",
        in.at(50),
        in.at(100),
        out.at(50),
        out.at(100));
  }

  private static Percentiles of(List<Double> values) {
    return new Percentiles(values);
  }

  private static void propagation(StringBuilder page, Report.Propagation stream) {
    line(
        page,
        "%-13s %d published, delivered %d of %d (ratio %.4f)",
        stream.stream(),
        stream.broadcasts(),
        stream.delivered(),
        stream.expected(),
        stream.expected() == 0 ? 0.0 : (double) stream.delivered() / stream.expected());
    line(
        page,
        "              propagation p50 %.0f ms, p95 %.0f ms, p99 %.0f ms, max %.0f ms;"
            + " %.2f duplicates per delivery",
        stream.p50Millis(),
        stream.p95Millis(),
        stream.p99Millis(),
        stream.maxMillis(),
        stream.duplicatesPerDelivery());
  }

  /** One line for all occurrences of an entry, which are called by its name with a number. */
  private static void faults(StringBuilder page, Report report) {
    Map<String, List<Report.Fault>> entries = new LinkedHashMap<>();
    for (Report.Fault fault : report.faults()) {
      String name = NUMBER.matcher(fault.id()).replaceFirst("");
      entries.computeIfAbsent(name + " " + fault.kind(), unknown -> new ArrayList<>()).add(fault);
    }
    entries.values().forEach(occurrences -> line(page, "fault         %s", fault(occurrences)));
  }

  private static String fault(List<Report.Fault> occurrences) {
    Report.Fault first = occurrences.get(0);
    int count = occurrences.size();
    String name = count == 1 ? first.id() : NUMBER.matcher(first.id()).replaceFirst("");
    String kind = name.equals(first.kind()) ? "" : " (" + first.kind() + ")";
    long bites = occurrences.stream().mapToLong(Report.Fault::bit).sum();
    long biting = occurrences.stream().filter(fault -> fault.bit() > 0).count();
    String where =
        count == 1 ? "" : String.format(Locale.ROOT, ", in %,d of %,d occurrences", biting, count);
    return String.format(Locale.ROOT, "%s%s bit %,d times%s", name, kind, bites, where);
  }

  private static void line(StringBuilder page, String format, Object... values) {
    page.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
