package bdk.p2p.simulator.oracle;

import bdk.p2p.simulator.run.RequestRecord;
import bdk.p2p.simulator.run.RunEvent;
import bdk.p2p.simulator.run.RunRecord;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * Every request of the workload ends exactly once, at the latest a second after its time is up: so
 * much is granted to the timers of a real clock. Only one whose asker's life ended, or whose time
 * was not up at the end of the run, may be open.
 */
final class RequestsSettledOnce implements Claim {
  private static final long GRACE_NANOS = 1_000_000_000;

  // All have the same limit, so they become due in the order in which they were asked.
  private final Queue<RequestRecord> open = new ArrayDeque<>();

  @Override
  public String name() {
    return "requests-settled-once";
  }

  @Override
  public Optional<String> on(RunEvent event) {
    if (event instanceof RunEvent.Asked asked) {
      open.add(asked.request());
    } else if (event instanceof RunEvent.Settled settled && settled.request().endings() > 1) {
      return Optional.of(describe(settled.request()) + " ended again");
    } else if (event instanceof RunEvent.Sampled sampled) {
      return overdue(sampled.nanos());
    }
    return Optional.empty();
  }

  private Optional<String> overdue(long nanos) {
    while (!open.isEmpty() && isOver(open.element(), nanos)) {
      RequestRecord request = open.remove();
      if (request.endings() == 0 && !isExcused(request)) {
        return Optional.of(describe(request) + " has not ended");
      }
    }
    return Optional.empty();
  }

  private static boolean isOver(RequestRecord request, long nanos) {
    return request.dueNanos() + GRACE_NANOS < nanos;
  }

  private static boolean isExcused(RequestRecord request) {
    return request.asker().crashedWithin(request.askedNanos(), request.dueNanos());
  }

  private static String describe(RequestRecord request) {
    return "the request of %s to node %d at %d ms"
        .formatted(request.asker(), request.asked(), request.askedNanos() / 1_000_000);
  }

  @Override
  public ClaimResult check(RunRecord run) {
    int settled = 0;
    int lost = 0;
    int underWay = 0;
    int broken = 0;
    for (RequestRecord request : run.requests()) {
      if (request.endings() == 1) {
        settled++;
      } else if (request.endings() > 1) {
        broken++;
      } else if (isExcused(request)) {
        lost++;
      } else if (!isOver(request, run.virtualNanos())) {
        underWay++;
      } else {
        broken++;
      }
    }
    return result(
        broken == 0 && (settled > 0 || !run.wantsRequests()),
        "%d asked, %d settled, %d lost with their asker, %d under way at the end, %d otherwise"
            .formatted(run.requests().size(), settled, lost, underWay, broken));
  }
}
