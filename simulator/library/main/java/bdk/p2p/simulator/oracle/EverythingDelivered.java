package bdk.p2p.simulator.oracle;

import bdk.p2p.simulator.run.BroadcastRecord;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.SimulatedNode;

/** Every broadcast reaches every node that it can be expected to reach, within the bound. */
final class EverythingDelivered implements Claim {
  @Override
  public String name() {
    return "everything-delivered";
  }

  @Override
  public ClaimResult check(RunRecord run) {
    long bound = Expectation.boundNanos(run);
    int expected = 0;
    int delivered = 0;
    String first = "";
    for (BroadcastRecord broadcast : run.broadcasts()) {
      for (SimulatedNode node : Expectation.of(broadcast, run)) {
        expected++;
        Long arrival = broadcast.arrivals().get(node);
        if (arrival != null && arrival - broadcast.publishedNanos() <= bound) {
          delivered++;
        } else if (first.isEmpty()) {
          first = "; first: " + describe(run, broadcast, node, arrival);
        }
      }
    }
    return result(
        delivered == expected && (expected > 0 || !run.wantsBroadcasts()),
        delivered + " of " + expected + " within " + bound / 1_000_000 + " ms" + first);
  }

  private static String describe(
      RunRecord run, BroadcastRecord broadcast, SimulatedNode node, Long arrival) {
    String when =
        arrival == null
            ? "never arrived"
            : "arrived after " + (arrival - broadcast.publishedNanos()) / 1_000_000 + " ms";
    return "broadcast %d of %s (%d bytes, at %d ms) %s at %s; the run ended at %d ms"
        .formatted(
            run.broadcasts().indexOf(broadcast),
            broadcast.origin(),
            broadcast.bytes(),
            broadcast.publishedNanos() / 1_000_000,
            when,
            node,
            run.virtualNanos() / 1_000_000);
  }
}
