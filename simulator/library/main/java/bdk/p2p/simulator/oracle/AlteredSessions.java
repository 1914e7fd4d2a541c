package bdk.p2p.simulator.oracle;

import bdk.p2p.simulator.fault.DrawnFault;
import bdk.p2p.simulator.run.RunEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which sessions may have carried bytes that a fault altered: those of its victims that were open
 * at any time while it was on, for as long as they are. It may end later than planned, since the
 * driver lets time pass while it stops nodes. Driver's thread only.
 */
final class AlteredSessions {
  /** From the first bytes of a connection until it is told of as a session, at the longest. */
  static final long OPENING_NANOS = 10_000_000_000L;

  private static final Set<String> KINDS = Set.of("corrupt", "truncate");

  private static final class Altering {
    private final DrawnFault fault;
    private long untilNanos = Long.MAX_VALUE;

    private Altering(DrawnFault fault) {
      this.fault = fault;
    }

    private boolean strikes(int node) {
      return fault.victims().contains(node);
    }
  }

  private final List<Altering> altering = new ArrayList<>();

  void on(RunEvent event) {
    if (event instanceof RunEvent.FaultBegan began
        && KINDS.contains(began.fault().fault().kind())) {
      altering.add(new Altering(began.fault()));
    } else if (event instanceof RunEvent.FaultEnded ended) {
      for (Altering one : altering) {
        if (one.fault.equals(ended.fault())) {
          one.untilNanos = ended.nanos();
        }
      }
    }
  }

  /**
   * True if such a fault struck one of the two and was on at some time since then.
   *
   * @param one index of a node
   * @param other index of a node
   */
  boolean between(int one, int other, long sinceNanos) {
    return altering.stream()
        .filter(fault -> fault.untilNanos >= sinceNanos)
        .anyMatch(fault -> fault.strikes(one) || fault.strikes(other));
  }
}
