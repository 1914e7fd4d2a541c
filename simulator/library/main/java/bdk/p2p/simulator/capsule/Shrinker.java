package bdk.p2p.simulator.capsule;

import bdk.p2p.simulator.scenario.Capsule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Makes a case that breaks a claim smaller as long as the same claim breaks in the same way. Pure:
 * what it does depends on what its trial says, and on its clock only in when it gives up.
 *
 * <p>When it has not given up, no single fault can be left out of what it returns, nor a node be
 * taken off the end of a group, nor any other step of its be made.
 */
public final class Shrinker {
  private static final List<Reduction> REDUCTIONS =
      List.of(
          (one, breach) -> FaultReductions.fewer(one),
          TimeReductions::less,
          (one, breach) -> NodeReductions.fewer(one),
          (one, breach) -> WorkReductions.less(one),
          (one, breach) -> FaultReductions.fewerVictims(one),
          (one, breach) -> LinkReductions.milder(one),
          (one, breach) -> FaultReductions.shorter(one),
          (one, breach) -> FaultReductions.milder(one));

  private final Trial trial;
  private final int mostTries;
  private final Duration mostTime;
  private final LongSupplier nanoTime;

  /**
   * What came of it.
   *
   * @param smallest the smallest case that breaks the claim
   * @param verdict what became of it
   * @param tries how many cases were run
   * @param isFinished false if it gave up before nothing was left to try
   */
  public record Result(Case smallest, Verdict verdict, int tries, boolean isFinished) {}

  /**
   * With bounds.
   *
   * @param mostTries the most cases to run
   * @param mostTime how long it may go on; the case under way is run to its end
   * @param nanoTime a clock that only goes forward
   */
  public Shrinker(Trial trial, int mostTries, Duration mostTime, LongSupplier nanoTime) {
    this.trial = trial;
    this.mostTries = mostTries;
    this.mostTime = mostTime;
    this.nanoTime = nanoTime;
  }

  /**
   * Makes it as small as it gets.
   *
   * @param verdict of this very case; it has a breach
   */
  public Result shrink(Case one, Verdict verdict) {
    Search search = new Search(one, verdict);
    boolean isSmaller = true;
    while (isSmaller) {
      isSmaller = false;
      for (Reduction reduction : REDUCTIONS) {
        while (search.reduce(reduction)) {
          isSmaller = true;
        }
      }
    }
    return new Result(search.smallest, search.verdict, search.tries, !search.isOver());
  }

  /** The way from one case to the smallest. */
  private final class Search {
    private final long start = nanoTime.getAsLong();
    private Case smallest;
    private Verdict verdict;
    private int tries;

    private Search(Case smallest, Verdict verdict) {
      this.smallest = smallest;
      this.verdict = verdict;
    }

    private boolean isOver() {
      return tries >= mostTries || nanoTime.getAsLong() - start >= mostTime.toNanos();
    }

    /** Takes the first candidate that breaks the same claim; false if none does. */
    private boolean reduce(Reduction reduction) {
      Capsule.Breach breach = verdict.breach().orElseThrow();
      for (Case candidate : reduction.candidates(smallest, breach)) {
        if (isOver()) {
          return false;
        }
        if (!candidate.equals(smallest) && candidate.isValid()) {
          tries++;
          Verdict other = trial.run(candidate);
          if (isSame(other, breach)) {
            smallest = candidate;
            verdict = other;
            return true;
          }
        }
      }
      return false;
    }

    private boolean isSame(Verdict other, Capsule.Breach breach) {
      Optional<Capsule.Breach> found = other.breach();
      return found.isPresent() && found.get().isLike(breach);
    }
  }
}
