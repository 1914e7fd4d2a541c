package bdk.p2p.simulator.oracle;

import bdk.p2p.message.NodeType;
import bdk.p2p.simulator.run.BroadcastRecord;
import bdk.p2p.simulator.run.RunEvent;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.scenario.NodeGroup;
import bdk.p2p.simulator.scenario.Scenario;
import java.util.Locale;
import java.util.Optional;

/**
 * Copies of what a node already has stay within the scenario's budget. Broken at once if there are
 * more than the budget for every delivery that the whole workload can bring: each of its broadcasts
 * at each NORMAL node.
 */
final class DuplicateBudget implements Claim {
  private final double budget;
  private final double most;
  private long copies;

  DuplicateBudget(Scenario scenario) {
    this.budget = scenario.bounds().duplicatesPerDelivery();
    long duration = scenario.duration().toNanos();
    long broadcasts =
        scenario.workload().broadcasts().stream()
            .mapToLong(stream -> 1 + duration / stream.interval().toNanos())
            .sum();
    long nodes =
        scenario.groups().stream()
            .filter(group -> group.type() == NodeType.NORMAL)
            .mapToLong(NodeGroup::count)
            .sum();
    this.most = budget * broadcasts * nodes;
  }

  @Override
  public String name() {
    return "duplicate-budget";
  }

  @Override
  public Optional<String> on(RunEvent event) {
    if (event instanceof RunEvent.Duplicate && ++copies > most) {
      return Optional.of(copies + " copies, more than the whole workload may bring");
    }
    return Optional.empty();
  }

  @Override
  public ClaimResult check(RunRecord run) {
    long deliveries = 0;
    long duplicates = 0;
    for (BroadcastRecord broadcast : run.broadcasts()) {
      deliveries += broadcast.arrivals().size();
      duplicates += broadcast.duplicates();
    }
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
