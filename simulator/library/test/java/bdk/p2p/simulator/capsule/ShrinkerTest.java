package bdk.p2p.simulator.capsule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.simulator.fault.DrawnFault;
import bdk.p2p.simulator.fault.FaultEntry;
import bdk.p2p.simulator.fault.Kill;
import bdk.p2p.simulator.fault.Selection;
import bdk.p2p.simulator.scenario.Capsule;
import bdk.p2p.simulator.scenario.Catalogue;
import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.scenario.ScenarioRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** With a runner that is told which cases break the claim. */
class ShrinkerTest {
  private static final String CLAIM = "some-claim";

  private final List<Case> tried = new ArrayList<>();

  private static Case large() {
    Scenario scenario =
        Catalogue.get("fifty-nodes")
            .withFaults(
                List.of(
                    new FaultEntry(
                        "kill",
                        new Kill(true),
                        Selection.of(3),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        10,
                        Duration.ofSeconds(3),
                        0.1)));
    return Case.drawn(scenario, 7);
  }

  private static Verdict verdict(String claim) {
    Capsule.Breach breach = new Capsule.Breach(claim, 40_000_000_000L, true, "wrong");
    return new Verdict(Optional.of(breach), "", 1);
  }

  /** Breaks the claim where the bug is, another one elsewhere. */
  private Shrinker.Result shrink(Predicate<Case> bug, int tries) {
    Trial trial =
        one -> {
          tried.add(one);
          return verdict(bug.test(one) ? CLAIM : "another-claim");
        };
    return new Shrinker(trial, tries, Duration.ofHours(1), () -> 0).shrink(large(), verdict(CLAIM));
  }

  private static boolean has(Case one, String... ids) {
    return one.schedule().stream().map(DrawnFault::id).toList().containsAll(List.of(ids));
  }

  @Test
  void whatBreaksAnywayBecomesTheLeastThereIs() {
    Shrinker.Result result = shrink(one -> true, 100_000);
    assertTrue(result.isFinished());
    Case least = result.smallest();
    assertEquals(List.of(), least.schedule());
    assertTrue(least.scenario().nodeCount() <= 3, () -> least.size().toString());
    assertEquals(Fairness.of(least.scenario()).warmUp(), least.scenario().warmUp());
    assertTrue(least.scenario().workload().broadcasts().isEmpty());
  }

  @Test
  void noSingleFaultThatIsLeftCanBeLeftOut() {
    Predicate<Case> bug = one -> has(one, "kill-3", "kill-8") || has(one, "kill-1", "kill-2");
    Shrinker.Result result = shrink(bug, 100_000);
    assertTrue(result.isFinished());
    assertEquals(2, result.smallest().schedule().size());
    for (Case less : FaultReductions.fewer(result.smallest())) {
      assertFalse(bug.test(less));
    }
  }

  @Test
  void faultThatIsLeftIsTheOneThatWasDrawn() {
    DrawnFault drawn = large().schedule().get(4);
    Shrinker.Result result =
        shrink(one -> has(one, drawn.id()) && one.scenario().nodeCount() == 51, 100_000);
    DrawnFault left = result.smallest().schedule().get(0);
    assertEquals(drawn.seed(), left.seed());
    assertEquals(drawn.id(), left.id());
    assertTrue(drawn.victims().containsAll(left.victims()) && left.victims().size() == 1);
  }

  @Test
  void everythingThatIsTriedIsValid() {
    shrink(one -> one.schedule().size() >= 2 && one.scenario().nodeCount() >= 5, 100_000);
    assertFalse(tried.isEmpty());
    for (Case one : tried) {
      ScenarioRules.check(one.scenario());
      assertTrue(one.isValid());
      int nodes = one.scenario().nodeCount();
      assertTrue(
          one.schedule().stream()
              .flatMap(fault -> fault.victims().stream())
              .allMatch(victim -> victim < nodes));
    }
  }

  @Test
  void otherClaimThatBreaksIsNotTakenForIt() {
    Shrinker.Result result = shrink(one -> false, 100_000);
    assertEquals(large(), result.smallest());
    assertTrue(result.isFinished());
  }

  @Test
  void triesAndTimeAreBounded() {
    Shrinker.Result result = shrink(one -> true, 5);
    assertEquals(5, result.tries());
    assertFalse(result.isFinished());
    AtomicLong clock = new AtomicLong();
    Trial slow =
        one -> {
          clock.addAndGet(Duration.ofSeconds(20).toNanos());
          return verdict(CLAIM);
        };
    Shrinker.Result late =
        new Shrinker(slow, 1_000, Duration.ofMinutes(1), clock::get)
            .shrink(large(), verdict(CLAIM));
    assertEquals(3, late.tries());
    assertFalse(late.isFinished());
  }
}
