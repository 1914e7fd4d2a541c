package bdk.p2p.simulator.oracle;

import bdk.p2p.simulator.run.RequestRecord;
import bdk.p2p.simulator.run.RunRecord;

/**
 * Every request of the workload ends exactly once. Only one whose asker crashed, or whose time was
 * not up at the end of the run, may be open.
 */
final class RequestsSettledOnce implements Claim {
  @Override
  public String name() {
    return "requests-settled-once";
  }

  @Override
  public ClaimResult check(RunRecord run) {
    int settled = 0;
    int lost = 0;
    int open = 0;
    int broken = 0;
    for (RequestRecord request : run.requests()) {
      if (request.endings() == 1) {
        settled++;
      } else if (request.endings() > 1) {
        broken++;
      } else if (request.asker().crashedWithin(request.askedNanos(), request.dueNanos())) {
        lost++;
      } else if (request.dueNanos() >= run.virtualNanos()) {
        open++;
      } else {
        broken++;
      }
    }
    boolean wanted = run.scenario().workload().requests().isPresent();
    return result(
        broken == 0 && (settled > 0 || !wanted),
        "%d asked, %d settled, %d lost with their asker, %d under way at the end, %d otherwise"
            .formatted(run.requests().size(), settled, lost, open, broken));
  }
}
