package sample;

import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.simulator.ScenarioRun;
import bdk.p2p.simulator.Scenarios;
import bdk.p2p.simulator.properties.Knobs;
import bdk.p2p.simulator.properties.ScenarioArbitraries;
import bdk.p2p.simulator.scenario.Scenario;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever network, work and faults: the nodes come out of it well. */
class DrawnScenariosProps {
  private static final List<String> MUST_HOLD =
      List.of("discovery-converges", "handled-once", "nobody-punished");

  @Provide
  Arbitrary<Scenario> smallScenarios() {
    Knobs small =
        Knobs.defaults()
            .withMaxNodes(6)
            .withMaxDuration(Duration.ofSeconds(5))
            .withMaxFaults(2)
            .withKinds(List.of("latency", "loss", "partition"));
    return ScenarioArbitraries.scenarios(small);
  }

  @Property(tries = 20)
  void networkRecoversFromWhateverIsDrawn(
      @ForAll("smallScenarios") Scenario scenario, @ForAll long seed) {
    ScenarioRun run = Scenarios.run(scenario, seed);
    assertTrue(Collections.disjoint(run.broken(), MUST_HOLD), run::summary);
  }
}
