package bdk.p2p.simulator.oracle;

import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.simulator.scenario.NodeGroup;
import bdk.p2p.simulator.scenario.Scenario;
import java.time.Duration;
import java.util.function.Function;

/**
 * How long a network may take to be itself again. Immutable.
 *
 * <pre>
 *  repetition(d)  = min(d, 120 s) + 0.2 s      d: how long the fault was on
 *  delivery(d)    = repetition(d) + infoInterval + 2 x probeTimeout + 1 s
 *  rest(d)        = min(60 s, 2 x d + 2 s)
 *  discovery(d)   = max(repetition(d), rest(d)) + connectTimeout + handshakeTimeout
 *                   + 10 x 1.2 x discoveryInterval
 * </pre>
 *
 * <p>A TCP sender whose segment was lost waits twice as long each time, so when the fault is over
 * it may wait as long again as the fault has lasted, at most 120 s. After that each session either
 * works or is found dead by the next NodeInfo and, at its successor, by a probe. A node's address
 * book lets an address rest after failed dials, and after peers that soon went, in the same way, at
 * most 60 s; then one more dial may be under way in vain, and a few rounds of discovery find who is
 * left. The options are the longest of all groups.
 */
final class Recovery {
  private static final long SECOND = 1_000_000_000L;
  private static final long LONGEST_PAUSE = 120 * SECOND;
  private static final long LONGEST_REST = 60 * SECOND;

  private final long deadSessionNanos;
  private final long refillNanos;

  Recovery(Scenario scenario) {
    this.deadSessionNanos =
        longest(scenario, ManagerOptions::infoInterval)
            + 2 * longest(scenario, ManagerOptions::probeTimeout)
            + SECOND;
    this.refillNanos =
        longest(scenario, ManagerOptions::connectTimeout)
            + longest(scenario, ManagerOptions::handshakeTimeout)
            + 12 * longest(scenario, ManagerOptions::discoveryInterval);
  }

  private static long longest(Scenario scenario, Function<ManagerOptions, Duration> option) {
    return scenario.groups().stream()
        .map(NodeGroup::options)
        .map(option)
        .mapToLong(Duration::toNanos)
        .max()
        .orElse(0);
  }

  /** From the end of a fault that was on so long until broadcasts reach everybody again. */
  long deliveryNanos(long lastingNanos) {
    return repetition(lastingNanos) + deadSessionNanos;
  }

  /** From the end of a fault that was on so long until every node can be expected to have peers. */
  long discoveryNanos(long lastingNanos) {
    long rest = Math.min(LONGEST_REST, 2 * lastingNanos + 2 * SECOND);
    return Math.max(repetition(lastingNanos), rest) + refillNanos;
  }

  private static long repetition(long lastingNanos) {
    return Math.min(lastingNanos, LONGEST_PAUSE) + SECOND / 5;
  }
}
