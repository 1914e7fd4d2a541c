package bdk.p2p.simulator.report;

import bdk.p2p.simulator.oracle.ClaimResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Reports of runs that never were, with everything that a page can show. No state. */
final class HandMadeReport {
  /**
   * Ends a script, begins another, and is markup, a template of ours, and a format of the charts.
   */
  static final String HOSTILE =
      "</script><script>window.broken=1</script><!--<img src=x onerror='window.broken=1'>"
          + "{{script}}${x}{b}\\u003c\"&\u2028";

  private static final List<String> REGIONS =
      List.of("NORTH_AMERICA", "EUROPE", "SOUTH_AMERICA", "ASIA_PACIFIC", "JAPAN", "AUSTRALIA");
  private static final double END = 100_000;
  private static final double WARM_UP = 20_000;

  private HandMadeReport() {}

  /** Fifty nodes and a discovery node, with something of every kind; two claims broke. */
  static Report full() {
    return of("fifty-nodes", "node", 51, 120);
  }

  /** The same with names that would do harm as markup. */
  static Report hostile() {
    return of(HOSTILE, "node" + HOSTILE, 51, 120);
  }

  /** So many nodes with fifteen links each, and so many broadcasts that reached all of them. */
  static Report large(int nodes, int broadcasts) {
    return of("large", "node", nodes, broadcasts);
  }

  /** Nodes, and nothing that happened. */
  static Report quiet() {
    Report full = full();
    return new Report(
        Report.VERSION,
        "quiet",
        full.backend(),
        1,
        "bdk-sim run quiet --seed 1",
        full.versions(),
        full.digest(),
        0,
        full.regions(),
        full.nodes(),
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        END,
        1);
  }

  private static Report of(String scenario, String group, int nodeCount, int broadcastCount) {
    Random random = new Random(7);
    List<Report.Node> nodes = nodes(random, group, nodeCount);
    List<Report.Broadcast> broadcasts = broadcasts(random, nodes, broadcastCount);
    return new Report(
        Report.VERSION,
        scenario,
        "virtual",
        7,
        "bdk-sim run " + scenario + " --seed 7",
        Map.of("bdk-sim", "0.1.0", "java", "17.0.15+6"),
        "1f0c9f6a2f0a4a0db5b7f6d3f7c2f1e4a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4",
        644_430,
        REGIONS,
        nodes,
        links(random, nodes),
        faults(nodes),
        broadcasts,
        Map.of("ANSWERED", 6_927L, "TIMED_OUT", 74L, "PEER_GONE", 31L, "CANCELLED", 0L),
        requests(random),
        samples(nodeCount),
        claims(group),
        List.of(
            propagation("transactions", broadcasts, nodes),
            propagation("blocks", broadcasts, nodes)),
        END,
        17_100);
  }

  private static List<Report.Node> nodes(Random random, String group, int count) {
    List<Report.Node> nodes = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      nodes.add(
          new Report.Node(
              index == 0 ? "discovery" : group + "-" + index,
              REGIONS.get((int) (Math.pow(random.nextDouble(), 2) * REGIONS.size())),
              index == 0 ? "discovery" : "normal",
              "10.0.0." + (index + 1) + ":7000",
              9 + random.nextInt(8),
              20_000_000 + random.nextInt(40_000_000),
              20_000_000 + random.nextInt(40_000_000),
              index % 11 == 5 ? List.of(WARM_UP + 10_000 + index * 100.0) : List.of()));
    }
    return nodes;
  }

  private static List<Report.Link> links(Random random, List<Report.Node> nodes) {
    List<Report.Link> links = new ArrayList<>();
    for (int index = 0; index < nodes.size() * 15 / 2; index++) {
      String a = nodes.get(index % nodes.size()).id();
      String b = nodes.get(random.nextInt(nodes.size())).id();
      double from = random.nextInt(30_000);
      links.add(new Report.Link(a, b, List.of(60.0, 61.5), from, from + random.nextInt(70_000)));
    }
    return links;
  }

  private static List<Report.Fault> faults(List<Report.Node> nodes) {
    List<String> ids = nodes.stream().map(Report.Node::id).toList();
    return List.of(
        new Report.Fault(
            "crash-1", "crash", ids.subList(5, 6), 30_000, 40_000, 1, "power failure, then back"),
        new Report.Fault(
            "crash-2", "crash", ids.subList(16, 17), 35_000, 45_000, 1, "power failure, then back"),
        new Report.Fault(
            "split-the-world",
            "partition",
            ids.subList(20, 45),
            42_000,
            60_000,
            18_223,
            "EUROPE and ASIA_PACIFIC do not hear each other, in both directions"),
        new Report.Fault(
            "lossy-links", "loss", ids.subList(1, 12), 50_000, 95_000, 412, "two of 100 segments"),
        new Report.Fault(
            "late", "slow", ids.subList(1, 3), 99_000, END, 0, "latency times three at the end"));
  }

  private static List<Report.Broadcast> broadcasts(
      Random random, List<Report.Node> nodes, int count) {
    List<Report.Broadcast> broadcasts = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      boolean isBlock = index % 20 == 19;
      double at = WARM_UP + index * 60_000.0 / count;
      int origin = 1 + random.nextInt(nodes.size() - 1);
      List<Report.Arrival> arrivals = new ArrayList<>();
      for (int node = 1; node < nodes.size(); node++) {
        // Every seventh broadcast misses a node or two.
        if (node != origin && (index % 7 != 3 || random.nextInt(30) != 0)) {
          double delay = (isBlock ? 3_000 : 120) * Math.exp(random.nextGaussian() * 0.5);
          double far = REGIONS.indexOf(nodes.get(node).region()) * (isBlock ? 300 : 30);
          arrivals.add(new Report.Arrival(nodes.get(node).id(), at + delay + far));
        }
      }
      arrivals.sort(Comparator.comparing(Report.Arrival::atMillis));
      broadcasts.add(
          new Report.Broadcast(
              isBlock ? "blocks" : "transactions",
              nodes.get(origin).id(),
              isBlock ? 500_000 : 100,
              at,
              arrivals,
              arrivals.size() * 11));
    }
    return broadcasts;
  }

  private static Report.Propagation propagation(
      String stream, List<Report.Broadcast> broadcasts, List<Report.Node> nodes) {
    Map<String, String> regions = new HashMap<>();
    nodes.forEach(node -> regions.put(node.id(), node.region()));
    Spread all = new Spread();
    Map<String, Spread> byRegion = new LinkedHashMap<>();
    REGIONS.forEach(region -> byRegion.put(region, new Spread()));
    int count = 0;
    long duplicates = 0;
    for (Report.Broadcast broadcast : broadcasts) {
      if (broadcast.stream().equals(stream)) {
        count++;
        duplicates += broadcast.duplicates();
        for (int missing = broadcast.arrivals().size(); missing < nodes.size() - 2; missing++) {
          all.expect();
        }
        for (Report.Arrival arrival : broadcast.arrivals()) {
          for (Spread spread : List.of(all, byRegion.get(regions.get(arrival.node())))) {
            spread.expect();
            spread.reached(arrival.atMillis() - broadcast.publishedAtMillis());
          }
        }
      }
    }
    List<Report.RegionPropagation> inRegions = new ArrayList<>();
    byRegion.forEach((region, spread) -> inRegions.add(spread.inRegion(region)));
    return all.ofStream(stream, count, duplicates, inRegions);
  }

  private static List<Report.RequestSample> requests(Random random) {
    List<Report.RequestSample> requests = new ArrayList<>();
    for (int index = 0; index < 400; index++) {
      double at = WARM_UP + index * 150.0;
      String outcome = index % 40 == 7 ? "TIMED_OUT" : index % 90 == 11 ? "PEER_GONE" : "ANSWERED";
      double took =
          outcome.equals("TIMED_OUT") ? 10_000 : 150 * Math.exp(random.nextGaussian() * 0.6);
      requests.add(new Report.RequestSample(at, took, outcome));
    }
    return requests;
  }

  private static List<Report.Sample> samples(int nodes) {
    List<Report.Sample> samples = new ArrayList<>();
    long in = 0;
    long deliveries = 0;
    for (int second = 1; second <= END / 1000; second++) {
      boolean isWork = second > 20 && second <= 80;
      in += isWork ? 25_000_000 + (second % 10 == 0 ? 60_000_000 : 0) : 40_000;
      deliveries += isWork ? 4L * nodes : 0;
      int down = second > 30 && second < 45 ? 5 : 0;
      samples.add(
          new Report.Sample(
              second * 1000.0,
              Math.min(350, second * 40) - down * 14,
              nodes - down,
              in,
              in + 50_000,
              deliveries,
              deliveries * 11));
    }
    return samples;
  }

  private static List<ClaimResult> claims(String group) {
    return List.of(
        new ClaimResult("handled-once", true, "11929 handled, 0 of them again"),
        new ClaimResult(
            "everything-delivered",
            false,
            "11480 of 11492 within 20000 ms; missing at " + group + "-17, " + group + "-23"),
        new ClaimResult("duplicate-budget", true, "11.83 a delivery, budget 19.00"),
        new ClaimResult(
            "crashed-nodes-returned", false, "5 crashes, 4 back; not " + group + "-16"));
  }
}
