package bdk.p2p.simulator.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.NodeType;
import bdk.p2p.simulator.fault.DrawnFault;
import bdk.p2p.simulator.fault.FaultEntry;
import bdk.p2p.simulator.fault.FaultSchedule;
import bdk.p2p.simulator.scenario.Capsule;
import bdk.p2p.simulator.scenario.CapsuleFile;
import bdk.p2p.simulator.scenario.NodeGroup;
import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.scenario.ScenarioFile;
import bdk.p2p.simulator.scenario.ScenarioRules;
import bdk.p2p.simulator.scenario.ScenarioWriter;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ScenarioProps {
  @Provide
  Arbitrary<Scenario> scenarios() {
    return ScenarioArbitraries.scenarios();
  }

  @Provide
  Arbitrary<Scenario> large() {
    return ScenarioArbitraries.scenarios(Knobs.defaults().withMaxNodes(200).withMaxFaults(20));
  }

  @Property(tries = 300)
  void everyScenarioIsValid(@ForAll("large") Scenario scenario) {
    ScenarioRules.check(scenario);
    assertTrue(scenario.nodeCount() >= 3 && scenario.nodeCount() <= 200);
    assertTrue(scenario.faults().size() <= 20);
    assertTrue(scenario.groups().stream().anyMatch(group -> group.type() == NodeType.DISCOVERY));
    int normal =
        scenario.groups().stream()
            .filter(group -> group.type() == NodeType.NORMAL)
            .mapToInt(NodeGroup::count)
            .sum();
    assertTrue(normal >= 2);
  }

  @Property(tries = 300)
  void everyFaultIsOverWhenTheWorkIs(@ForAll("large") Scenario scenario) {
    for (FaultEntry entry : scenario.faults()) {
      assertTrue(entry.latestEnd().compareTo(scenario.duration()) <= 0, entry::toString);
    }
  }

  @Property(tries = 500)
  void whatIsWrittenIsReadBackAsItWas(@ForAll("scenarios") Scenario scenario) {
    String text = ScenarioWriter.write(scenario);
    assertEquals(scenario, ScenarioFile.parse("written", text), text);
  }

  @Property(tries = 200)
  void capsuleThatIsWrittenIsReadBackAsItWas(
      @ForAll("scenarios") Scenario scenario, @ForAll long seed, @ForAll String words) {
    List<DrawnFault> schedule =
        FaultSchedule.draw(
            scenario.faults(),
            scenario.candidates(),
            scenario.warmUp(),
            purpose -> seed ^ purpose.hashCode());
    Capsule capsule =
        new Capsule(
            "1.2.3",
            "17",
            scenario,
            seed,
            schedule,
            new Capsule.Breach("some-claim", Math.abs(seed % 1_000_000_000_000L), seed > 0, words),
            "ab".repeat(32));
    String text = CapsuleFile.text(capsule);
    assertEquals(capsule, CapsuleFile.parse("written", text), text);
  }
}
