package bdk.p2p.simulator.oracle;

import bdk.p2p.simulator.run.BroadcastRecord;
import bdk.p2p.simulator.run.RunRecord;
import java.util.Locale;

/** Copies of what a node already has stay within the scenario's budget. */
final class DuplicateBudget implements Claim {
  @Override
  public String name() {
    return "duplicate-budget";
  }

  @Override
  public ClaimResult check(RunRecord run) {
    long deliveries = 0;
    long duplicates = 0;
    for (BroadcastRecord broadcast : run.broadcasts()) {
      deliveries += broadcast.arrivals().size();
      duplicates += broadcast.duplicates();
    }
    double budget = run.scenario().bounds().duplicatesPerDelivery();
    return result(
        duplicates <= budget * deliveries,
        String.format(
            Locale.ROOT,
            "%.2f a delivery, budget %.2f: %d copies, %d deliveries",
            deliveries == 0 ? 0 : (double) duplicates / deliveries,
            budget,
            duplicates,
            deliveries));
  }
}
