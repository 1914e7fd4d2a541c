package bdk.p2p.simulator.oracle;

import bdk.p2p.simulator.fault.DrawnFault;
import bdk.p2p.simulator.run.RunEvent;
import bdk.p2p.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * When broadcasts need not arrive at whom: at the victims of a fault that disturbs delivery, while
 * it is on and until the network has recovered from it. What passes between two others no fault
 * touches. Driver's thread only.
 */
final class DisturbedTimes {
  private record Span(String id, long fromNanos, long untilNanos, Set<Integer> victims) {}

  private final Recovery recovery;
  private final List<Span> spans = new ArrayList<>();

  DisturbedTimes(Scenario scenario) {
    this.recovery = new Recovery(scenario);
  }

  void on(RunEvent event) {
    if (event instanceof RunEvent.FaultBegan began && began.fault().fault().disturbsDelivery()) {
      spans.add(span(began.fault(), Long.MAX_VALUE));
    } else if (event instanceof RunEvent.FaultEnded ended) {
      // Perhaps later than planned: the driver lets time pass while it stops nodes.
      DrawnFault fault = ended.fault();
      if (spans.removeIf(span -> span.id().equals(fault.id()))) {
        long lasting = ended.nanos() - fault.fromNanos();
        spans.add(span(fault, ended.nanos() + recovery.deliveryNanos(lasting)));
      }
    }
  }

  /** A fault that began and ended as planned. */
  void add(DrawnFault fault) {
    if (fault.fault().disturbsDelivery()) {
      long recovered = recovery.deliveryNanos(fault.untilNanos() - fault.fromNanos());
      spans.add(span(fault, fault.untilNanos() + recovered));
    }
  }

  private static Span span(DrawnFault fault, long untilNanos) {
    return new Span(fault.id(), fault.fromNanos(), untilNanos, Set.copyOf(fault.victims()));
  }

  /** The indexes of the nodes that were disturbed at any time of this span. */
  Set<Integer> struck(long fromNanos, long untilNanos) {
    Set<Integer> struck = Set.of();
    for (Span span : spans) {
      if (span.fromNanos() <= untilNanos && span.untilNanos() >= fromNanos) {
        struck = new HashSet<>(struck);
        struck.addAll(span.victims());
      }
    }
    return struck;
  }
}
