package bdk.p2p.simulator.oracle;

import bdk.p2p.simulator.run.BroadcastRecord;
import bdk.p2p.simulator.run.RunRecord;

/** No node handles a broadcast twice in one life, or one of its own. */
final class HandledOnce implements Claim {
  @Override
  public String name() {
    return "handled-once";
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
