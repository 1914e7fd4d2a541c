package bdk.p2p.simulator.capsule;

import bdk.p2p.simulator.scenario.Scenario;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/** Runs drawn scenarios, one after the other, until a claim breaks. For one thread. */
public final class Soak {
  private final LongFunction<Scenario> scenarios;
  private final Trial trial;
  private final LongSupplier nanoTime;

  /**
   * How far it is.
   *
   * @param runs runs that are over
   * @param virtual virtual time of all of them
   * @param real real time of all of them
   */
  public record Progress(long runs, Duration virtual, Duration real) {}

  /** Hears after each run. */
  @FunctionalInterface
  public interface Listener {
    /** One more run is over. */
    void at(Progress progress);
  }

  /**
   * How it ended.
   *
   * @param progress how far it came
   * @param broken the case that broke a claim, if one did
   * @param verdict what became of that case
   */
  public record Outcome(Progress progress, Optional<Case> broken, Optional<Verdict> verdict) {}

  /**
   * Prepares it.
   *
   * @param scenarios draws the scenario of a seed
   * @param nanoTime a clock that only goes forward
   */
  public Soak(LongFunction<Scenario> scenarios, Trial trial, LongSupplier nanoTime) {
    this.scenarios = scenarios;
    this.trial = trial;
    this.nanoTime = nanoTime;
  }

  /**
   * Runs the scenarios of a seed and those that follow, the first one in any case.
   *
   * @param mostRuns the most runs
   * @param mostTime how long it may go on; the run under way goes to its end
   */
  public Outcome search(long seed, long mostRuns, Duration mostTime, Listener listener) {
    long start = nanoTime.getAsLong();
    Progress progress = new Progress(0, Duration.ZERO, Duration.ZERO);
    do {
      long next = seed + progress.runs();
      Case one = Case.drawn(scenarios.apply(next), next);
      Verdict verdict = trial.run(one);
      progress =
          new Progress(
              progress.runs() + 1,
              progress.virtual().plusNanos(verdict.nanos()),
              Duration.ofNanos(nanoTime.getAsLong() - start));
      listener.at(progress);
      if (verdict.breach().isPresent()) {
        return new Outcome(progress, Optional.of(one), Optional.of(verdict));
      }
    } while (progress.runs() < mostRuns && progress.real().compareTo(mostTime) < 0);
    return new Outcome(progress, Optional.empty(), Optional.empty());
  }
}
