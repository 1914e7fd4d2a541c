package bdk.p2p.simulator.oracle;

import bdk.p2p.simulator.run.BroadcastRecord;
import bdk.p2p.simulator.run.LinkRecord;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.SimulatedNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Nothing arrives faster than light would let it: each arrival has a neighbour from which, over a
 * link of theirs while it was open, the broadcast could be there by then.
 */
final class NothingTooEarly implements Claim {
  @Override
  public String name() {
    return "nothing-too-early";
  }

  @Override
  public ClaimResult check(RunRecord run) {
    Map<SimulatedNode, List<LinkRecord>> links = new LinkedHashMap<>();
    for (LinkRecord link : run.links()) {
      links.computeIfAbsent(link.dialler(), node -> new ArrayList<>()).add(link);
      links.computeIfAbsent(link.acceptor(), node -> new ArrayList<>()).add(link);
    }
    int arrivals = 0;
    int early = 0;
    for (BroadcastRecord broadcast : run.broadcasts()) {
      for (Map.Entry<SimulatedNode, Long> arrival : broadcast.arrivals().entrySet()) {
        arrivals++;
        List<LinkRecord> of = links.getOrDefault(arrival.getKey(), List.of());
        if (!isPossible(run, broadcast, arrival.getKey(), arrival.getValue(), of)) {
          early++;
        }
      }
    }
    return result(
        early == 0 && (arrivals > 0 || !run.wantsBroadcasts()),
        arrivals + " arrivals, " + early + " without a possible path");
  }

  private static boolean isPossible(
      RunRecord run,
      BroadcastRecord broadcast,
      SimulatedNode node,
      long arrival,
      List<LinkRecord> links) {
    for (LinkRecord link : links) {
      SimulatedNode other = link.dialler() == node ? link.acceptor() : link.dialler();
      Long had =
          other == broadcast.origin()
              ? Long.valueOf(broadcast.publishedNanos())
              : broadcast.arrivals().get(other);
      long latency = (long) (run.latency().millis(other, node) * 1e6);
      if (had != null
          && Math.max(had, link.fromNanos()) + latency <= Math.min(arrival, link.untilNanos())) {
        return true;
      }
    }
    return false;
  }
}
