package bdk.p2p.simulator.properties;

import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.simulator.capsule.RealTrial;
import bdk.p2p.simulator.capsule.Soak;
import bdk.p2p.simulator.run.NodeHook;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A short soak of the real nodes, over the same scenarios each time. */
class SoakIT {
  private static final int RUNS = 20;

  private static final int FIRST_SEED = 1;

  @Test
  void noClaimBreaksInTwentyDrawnScenarios() {
    Knobs knobs = Knobs.defaults().withMaxNodes(8).withMaxDuration(Duration.ofSeconds(10));
    Soak soak =
        new Soak(
            seed -> ScenarioArbitraries.drawn(seed, knobs),
            new RealTrial(NodeHook.NONE),
            System::nanoTime);
    Soak.Outcome outcome = soak.search(FIRST_SEED, RUNS, Duration.ofMinutes(10), progress -> {});
    assertNothingBroke(outcome, "");
  }

  /** Each has shown a bug: of the nodes, of the network between them or of what a claim excused. */
  @ParameterizedTest
  @ValueSource(
      longs = {
        1274, 1530, 1808, 2652, 2808, 3380, 4389, 4835, 4977, 5376, 6979, 6991, 7068, 7072, 8235,
        8365, 9166, 9823, 9917
      })
  void scenarioThatOnceBrokeAClaimBreaksNone(long seed) {
    Knobs knobs = Knobs.defaults().withMaxNodes(8);
    Soak soak =
        new Soak(
            one -> ScenarioArbitraries.drawn(one, knobs),
            new RealTrial(NodeHook.NONE),
            System::nanoTime);
    assertNothingBroke(
        soak.search(seed, 1, Duration.ofMinutes(1), progress -> {}), " --max-nodes 8");
  }

  private static void assertNothingBroke(Soak.Outcome outcome, String options) {
    assertTrue(
        outcome.broken().isEmpty(),
        () ->
            "bdk-sim soak --minutes 1 --runs 1%s --seed %d: %s"
                .formatted(
                    options,
                    outcome.broken().orElseThrow().seed(),
                    outcome.verdict().orElseThrow().breach().orElseThrow()));
  }
}
