package bdk.p2p.simulator.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The network as the page shows it: some nodes, how some broadcasts reached them, and the links
 * that were open when those were published. Nodes are indices into the list of those shown.
 *
 * @param nodes in the order of the scenario
 * @param rows the nodes of the table, those that crashed most first
 * @param broadcasts in the order of publication
 * @param linkCount links between these nodes that were open when one of these was published
 * @param links of those, some: one end, other end, open from and until in milliseconds
 */
record ShownTopology(
    List<Node> nodes,
    List<Integer> rows,
    List<ShownBroadcast> broadcasts,
    int linkCount,
    List<long[]> links) {

  /** A node; its region is an index, or -1 if that is beyond the regions shown. */
  record Node(
      String id, int region, String type, int peers, long bytesIn, long bytesOut, int crashes) {}

  static ShownTopology of(Report report) {
    List<Report.Node> chosen = Thinning.evenly(report.nodes(), PageBounds.NODES);
    Map<String, Integer> indices = new HashMap<>();
    chosen.forEach(node -> indices.put(node.id(), indices.size()));
    List<Report.Broadcast> broadcasts = broadcasts(report, chosen.size());
    List<Report.Link> links = links(report.links(), broadcasts, indices.keySet());
    return new ShownTopology(
        chosen.stream().map(node -> node(node, report.regions())).toList(),
        rows(chosen),
        broadcasts.stream().map(broadcast -> ShownBroadcast.of(broadcast, indices)).toList(),
        links.size(),
        Thinning.evenly(links, PageBounds.LINKS).stream()
            .map(link -> link(link, indices))
            .toList());
  }

  private static Node node(Report.Node node, List<String> regions) {
    int region = regions.indexOf(node.region());
    return new Node(
        Thinning.name(node.id()),
        region < PageBounds.REGIONS ? region : -1,
        node.type(),
        node.peers(),
        node.bytesIn(),
        node.bytesOut(),
        node.crashedAtMillis().size());
  }

  private static List<Integer> rows(List<Report.Node> nodes) {
    Comparator<Integer> byCrashes =
        Comparator.comparing(index -> nodes.get(index).crashedAtMillis().size());
    return IntStream.range(0, nodes.size())
        .boxed()
        .sorted(byCrashes.reversed())
        .limit(PageBounds.NODE_ROWS)
        .toList();
  }

  /** Every stream gets its share of the room. */
  private static List<Report.Broadcast> broadcasts(Report report, int nodes) {
    int room = Math.min(PageBounds.BROADCASTS, PageBounds.ARRIVALS / Math.max(1, nodes));
    List<List<Report.Broadcast>> streams =
        Thinning.first(report.propagation(), PageBounds.STREAMS).stream()
            .map(stream -> ofStream(report, stream.stream()))
            .toList();
    int[] shares = Thinning.shares(streams.stream().map(List::size).toList(), room);
    List<Report.Broadcast> chosen = new ArrayList<>();
    for (int index = 0; index < shares.length; index++) {
      List<Report.Broadcast> stream = streams.get(index);
      Thinning.evenlyWith(slowest(stream), stream.size(), shares[index])
          .forEach(one -> chosen.add(stream.get(one)));
    }
    chosen.sort(Comparator.comparing(Report.Broadcast::publishedAtMillis));
    return chosen;
  }

  private static List<Report.Broadcast> ofStream(Report report, String stream) {
    return report.broadcasts().stream().filter(one -> one.stream().equals(stream)).toList();
  }

  private static int slowest(List<Report.Broadcast> stream) {
    return IntStream.range(0, stream.size())
        .boxed()
        .max(Comparator.comparing(index -> tookMillis(stream.get(index))))
        .orElse(0);
  }

  private static double tookMillis(Report.Broadcast broadcast) {
    return broadcast.arrivals().stream()
        .mapToDouble(arrival -> arrival.atMillis() - broadcast.publishedAtMillis())
        .max()
        .orElse(0);
  }

  private static List<Report.Link> links(
      List<Report.Link> links, List<Report.Broadcast> broadcasts, Set<String> nodes) {
    return links.stream()
        .filter(link -> nodes.contains(link.a()) && nodes.contains(link.b()))
        .filter(link -> broadcasts.stream().anyMatch(one -> isOpen(link, one)))
        .toList();
  }

  private static long[] link(Report.Link link, Map<String, Integer> indices) {
    return new long[] {
      indices.get(link.a()),
      indices.get(link.b()),
      (long) Math.floor(link.fromMillis()),
      (long) Math.ceil(link.untilMillis())
    };
  }

  private static boolean isOpen(Report.Link link, Report.Broadcast broadcast) {
    return link.fromMillis() <= broadcast.publishedAtMillis()
        && link.untilMillis() >= broadcast.publishedAtMillis();
  }
}
