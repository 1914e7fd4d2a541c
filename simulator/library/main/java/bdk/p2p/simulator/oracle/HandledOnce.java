package bdk.p2p.simulator.oracle;

import bdk.p2p.simulator.run.BroadcastRecord;
import bdk.p2p.simulator.run.RunEvent;
import bdk.p2p.simulator.run.RunRecord;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/** No node handles a broadcast twice in one life, or one of its own. */
final class HandledOnce implements Claim {
  // Only of those that were handled again.
  private final Map<BroadcastRecord, Integer> known = new IdentityHashMap<>();

  @Override
  public String name() {
    return "handled-once";
  }

  @Override
  public Optional<String> on(RunEvent event) {
    if (event instanceof RunEvent.Handled handled) {
      BroadcastRecord broadcast = handled.broadcast();
      int again = broadcast.handledAgain().size();
      if (again > 0 && again > known.getOrDefault(broadcast, 0)) {
        known.put(broadcast, again);
        return Optional.of(
            "%s handled a broadcast again that %s published at %d ms"
                .formatted(
                    handled.node(), broadcast.origin(), broadcast.publishedNanos() / 1_000_000));
      }
    }
    return Optional.empty();
  }

  @Override
  public ClaimResult check(RunRecord run) {
    int handled = 0;
    int again = 0;
    for (BroadcastRecord broadcast : run.broadcasts()) {
      handled += broadcast.arrivals().size();
      again += broadcast.handledAgain().size();
    }
    return result(
        again == 0 && (handled > 0 || !run.wantsBroadcasts()),
        handled + " handled, " + again + " of them again");
  }
}
