package bdk.p2p.simulator.oracle;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.DropReason;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.SimulatedNode;

/** No node takes an honest one for an offender, and no handler fails. */
final class NobodyPunished implements Claim {
  @Override
  public String name() {
    return "nobody-punished";
  }

  @Override
  public ClaimResult check(RunRecord run) {
    long violations = 0;
    long internal = 0;
    long failures = 0;
    for (SimulatedNode node : run.nodes()) {
      violations += node.disconnected().getOrDefault(CloseReason.Code.VIOLATION, 0L);
      internal += node.disconnected().getOrDefault(CloseReason.Code.INTERNAL_ERROR, 0L);
      failures += node.drops().getOrDefault(DropReason.HANDLER_FAILED, 0L);
    }
    return result(
        violations + internal + failures == 0,
        violations
            + " violations, "
            + internal
            + " internal errors, "
            + failures
            + " failed handlers");
  }
}
