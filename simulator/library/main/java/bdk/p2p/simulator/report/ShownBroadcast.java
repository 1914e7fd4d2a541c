package bdk.p2p.simulator.report;

import java.util.Arrays;
import java.util.Map;

/**
 * How one broadcast reached the nodes that the page shows. Immutable.
 *
 * @param origin who published it, or -1 if that node is not shown
 * @param bytes its payload
 * @param reached nodes that it reached, shown or not
 * @param duplicates copies that reached nodes which had it
 * @param tenths for each node shown, tenths of a millisecond from publication to arrival, or -1
 */
record ShownBroadcast(
    String stream,
    int origin,
    int bytes,
    double publishedAtMillis,
    int reached,
    int duplicates,
    long[] tenths) {

  /** With the index of each node that is shown, by its id. */
  static ShownBroadcast of(Report.Broadcast broadcast, Map<String, Integer> indices) {
    long[] tenths = new long[indices.size()];
    Arrays.fill(tenths, -1);
    for (Report.Arrival arrival : broadcast.arrivals()) {
      Integer index = indices.get(arrival.node());
      if (index != null) {
        tenths[index] = Math.round((arrival.atMillis() - broadcast.publishedAtMillis()) * 10);
      }
    }
    return new ShownBroadcast(
        Thinning.name(broadcast.stream()),
        indices.getOrDefault(broadcast.origin(), -1),
        broadcast.bytes(),
        broadcast.publishedAtMillis(),
        broadcast.arrivals().size(),
        broadcast.duplicates(),
        tenths);
  }
}
