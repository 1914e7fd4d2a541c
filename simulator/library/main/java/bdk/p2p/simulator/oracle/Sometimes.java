package bdk.p2p.simulator.oracle;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.RequestOutcome;
import bdk.p2p.simulator.run.FaultOutcome;
import bdk.p2p.simulator.run.LinkRecord;
import bdk.p2p.simulator.run.RunEvent;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.scenario.Happening;
import bdk.p2p.simulator.scenario.ScenarioException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Something that the scenario is for has happened at least once. Found out at the end. */
final class Sometimes implements Claim {
  private final Happening what;
  private long count;

  Sometimes(Happening what) {
    this.what = what;
  }

  /**
   * The claim of a word.
   *
   * @throws ScenarioException if nothing has that word
   */
  static Sometimes of(String word) {
    for (Happening one : Happening.values()) {
      if (one.word().equals(word)) {
        return new Sometimes(one);
      }
    }
    throw new ScenarioException("nothing that may happen is called '" + word + "'");
  }

  @Override
  public String name() {
    return "sometimes-" + what.word();
  }

  @Override
  public Optional<String> on(RunEvent event) {
    if (event instanceof RunEvent.Disconnected one) {
      count(one.reason());
    } else if (event instanceof RunEvent.Refused one) {
      count(one.reason());
    } else if (event instanceof RunEvent.Dropped one) {
      count(one.reason());
    } else if (event instanceof RunEvent.Settled one) {
      one.failure().ifPresent(this::count);
    }
    return Optional.empty();
  }

  private void count(CloseReason reason) {
    Code wanted =
        switch (what) {
          case PEER_REFUSED -> Code.TOO_MANY_PEERS;
          case VIOLATION -> Code.VIOLATION;
          case WRITE_STALLED -> Code.WRITE_STALLED;
          case IDLE -> Code.IDLE;
          case CONNECTION_LOST -> Code.CONNECTION_LOST;
          case REPLACED -> Code.REPLACED;
          case CONNECT_FAILED -> Code.CONNECT_FAILED;
          case HANDSHAKE_TIMEOUT -> Code.HANDSHAKE_TIMEOUT;
          default -> null;
        };
    if (reason.code() == wanted) {
      count++;
    }
  }

  private void count(DropReason reason) {
    if (what == Happening.QUEUE_FULL && reason == DropReason.QUEUE_FULL
        || what == Happening.LATE_ANSWER && reason == DropReason.UNMATCHED_ANSWER) {
      count++;
    }
  }

  private void count(String failure) {
    if (what == Happening.QUEUE_FULL && failure.equals(RequestOutcome.REFUSED.name())
        || what == Happening.REQUEST_TIMED_OUT && failure.equals(RequestOutcome.TIMED_OUT.name())
        || what == Happening.REQUEST_LOST && failure.equals(RequestOutcome.PEER_GONE.name())) {
      count++;
    }
  }

  @Override
  public ClaimResult check(RunRecord run) {
    if (what == Happening.FAULT_BIT) {
      return faultsBit(run);
    }
    long times = what == Happening.TIE_BREAK ? tieBreaks(run) : count;
    return result(times > 0, times + " times");
  }

  /** Each of them: a fault that does nothing to anybody tests nothing. */
  private ClaimResult faultsBit(RunRecord run) {
    List<String> idle =
        run.faults().stream()
            .filter(fault -> !fault.began() || fault.bit() == 0)
            .map(fault -> fault.fault().id())
            .toList();
    long bites = run.faults().stream().mapToLong(FaultOutcome::bit).sum();
    return result(
        idle.isEmpty() && !run.faults().isEmpty(),
        run.faults().size() + " faults bit " + bites + " times; did nothing: " + idle);
  }

  /** Two sessions of one pair that were open at a time, and that each side dialled one of. */
  private static long tieBreaks(RunRecord run) {
    Map<Long, List<LinkRecord>> byPair = new HashMap<>();
    long found = 0;
    for (LinkRecord link : run.links()) {
      long one = link.dialler().index();
      long other = link.acceptor().index();
      List<LinkRecord> former =
          byPair.computeIfAbsent(
              Math.min(one, other) << 32 | Math.max(one, other), pair -> new ArrayList<>());
      found +=
          former.stream()
              .filter(before -> before.dialler() == link.acceptor())
              .filter(before -> before.untilNanos() > link.fromNanos())
              .filter(before -> before.fromNanos() < link.untilNanos())
              .count();
      former.add(link);
    }
    return found;
  }
}
