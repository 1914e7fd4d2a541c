package bdk.p2p.simulator.capsule;

import bdk.p2p.simulator.oracle.Claim;
import bdk.p2p.simulator.oracle.ClaimBoard;
import bdk.p2p.simulator.oracle.ClaimResult;
import bdk.p2p.simulator.run.Judge;
import bdk.p2p.simulator.run.NodeHook;
import bdk.p2p.simulator.run.RunEvent;
import bdk.p2p.simulator.run.RunOptions;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.ScenarioRunner;
import bdk.p2p.simulator.scenario.Capsule;
import bdk.p2p.simulator.scenario.ScenarioException;
import bdk.p2p.simulator.scenario.Workload;
import java.util.List;
import java.util.Optional;

/**
 * Runs a case in virtual time, to the first breach of a claim. A run that fails breaks a claim,
 * too.
 */
public final class RealTrial implements Trial {
  /** The name of the claim that a run breaks which fails. */
  public static final String RUNS_THROUGH = "runs-through";

  private final NodeHook hook;

  /** With a hand in every node, for tests that plant a bug. */
  public RealTrial(NodeHook hook) {
    this.hook = hook;
  }

  /**
   * Runs it.
   *
   * @throws ScenarioException if it cannot be run
   */
  @Override
  public Verdict run(Case one) {
    ClaimBoard board = new ClaimBoard(Claim.of(one.scenario()));
    RunOptions options =
        RunOptions.seeded(one.seed()).withSchedule(one.schedule()).withHook(hook).stoppedAtBreach();
    Clock clock = new Clock(board);
    try {
      RunRecord run = new ScenarioRunner(one.scenario(), options, clock).run();
      return verdict(run, board);
    } catch (ScenarioException cannotBeRun) {
      throw cannotBeRun;
    } catch (RuntimeException | AssertionError failure) {
      return failed(failure, clock.nanos);
    }
  }

  private static Verdict failed(Throwable failure, long nanos) {
    Capsule.Breach breach = new Capsule.Breach(RUNS_THROUGH, nanos, false, failure.toString());
    return new Verdict(Optional.of(breach), "", nanos);
  }

  /** Remembers how far a run has come. */
  private static final class Clock implements Judge {
    private final ClaimBoard board;
    private long nanos;

    private Clock(ClaimBoard board) {
      this.board = board;
    }

    @Override
    public void on(RunEvent event) {
      nanos = event.nanos();
      board.on(event);
    }

    @Override
    public int breachCount() {
      return board.breachCount();
    }
  }

  private static Verdict verdict(RunRecord run, ClaimBoard board) {
    return new Verdict(breach(run, board), run.digest(), run.virtualNanos());
  }

  /** A breach while it went on comes first: what is found at the end of a run cut short is not. */
  private static Optional<Capsule.Breach> breach(RunRecord run, ClaimBoard board) {
    List<ClaimBoard.Breach> breaches = board.breaches();
    if (!breaches.isEmpty()) {
      ClaimBoard.Breach first = breaches.get(0);
      return Optional.of(new Capsule.Breach(first.claim(), first.nanos(), false, first.detail()));
    }
    return board.conclude(wantingNothing(run)).stream()
        .filter(result -> !result.held())
        .findFirst()
        .map(result -> atEnd(result, run));
  }

  private static Capsule.Breach atEnd(ClaimResult result, RunRecord run) {
    return new Capsule.Breach(result.name(), run.virtualNanos(), true, result.detail());
  }

  /**
   * The run without what its scenario wants to happen. That nothing of it did breaks a claim about
   * it, but nobody has seen to it that among faults drawn at random anything can happen.
   */
  private static RunRecord wantingNothing(RunRecord run) {
    return new RunRecord(
        run.scenario().withWorkload(Workload.none()),
        run.backend(),
        run.seed(),
        run.digest(),
        run.events(),
        run.virtualNanos(),
        run.wallNanos(),
        run.nodes(),
        run.links(),
        run.broadcasts(),
        run.requests(),
        run.faults(),
        run.samples(),
        run.peersAtEnd(),
        run.normalPeersAtEnd(),
        run.leftovers(),
        run.latency());
  }
}
