package bdk.p2p.simulator.oracle;

import bdk.p2p.simulator.fault.DrawnFault;
import bdk.p2p.simulator.run.RunEvent;
import bdk.p2p.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;

/**
 * When broadcasts need not arrive: while a fault that disturbs delivery is on, and until the
 * network has recovered from it. Driver's thread only.
 */
final class DisturbedTimes {
  private record Span(long fromNanos, long untilNanos) {}

  private final Recovery recovery;
  private final List<Span> spans = new ArrayList<>();

  DisturbedTimes(Scenario scenario) {
    this.recovery = new Recovery(scenario);
  }

  void on(RunEvent event) {
    if (event instanceof RunEvent.FaultBegan began) {
      add(began.fault());
    }
  }

  void add(DrawnFault fault) {
    if (fault.fault().disturbsDelivery()) {
      long until = fault.untilNanos() + recovery.deliveryNanos(fault);
      spans.add(new Span(fault.fromNanos(), until));
    }
  }

  /** True if one of them and this span have an instant in common. */
  boolean touch(long fromNanos, long untilNanos) {
    for (Span span : spans) {
      if (span.fromNanos() <= untilNanos && span.untilNanos() >= fromNanos) {
        return true;
      }
    }
    return false;
  }
}
