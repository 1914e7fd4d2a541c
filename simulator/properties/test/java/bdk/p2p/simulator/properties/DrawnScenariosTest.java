package bdk.p2p.simulator.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.scenario.ScenarioWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DrawnScenariosTest {
  private static Scenario drawn(long seed) {
    return ScenarioArbitraries.drawn(seed, Knobs.defaults());
  }

  @Test
  void everyKindOfFaultIsDrawnSoonerOrLater() {
    Set<String> kinds = new TreeSet<>();
    for (long seed = 0; seed < 100; seed++) {
      drawn(seed).faults().forEach(entry -> kinds.add(entry.fault().getClass().getSimpleName()));
    }
    assertEquals(FaultArbitraries.kinds().size(), kinds.size(), kinds::toString);
  }

  @Test
  void whatIsDrawnDependsOnItsSeedAlone() {
    for (long seed = 0; seed < 50; seed++) {
      Scenario one = drawn(seed);
      ScenarioArbitraries.drawn(seed + 1, Knobs.defaults().withMaxNodes(50));
      assertEquals(one, drawn(seed));
    }
  }

  @Test
  void knobsAreKept() {
    Knobs knobs = new Knobs(3, 1, Duration.ofSeconds(2), List.of("crash"));
    for (long seed = 0; seed < 50; seed++) {
      Scenario scenario = ScenarioArbitraries.drawn(seed, knobs);
      assertEquals(3, scenario.nodeCount());
      assertTrue(scenario.faults().size() <= 1);
      assertTrue(scenario.faults().stream().allMatch(one -> one.fault().kind().equals("crash")));
      assertTrue(scenario.duration().compareTo(Duration.ofSeconds(2)) <= 0);
    }
  }

  @Test
  void seedsGiveDifferentScenarios() {
    Set<String> texts = new TreeSet<>();
    for (long seed = 0; seed < 50; seed++) {
      texts.add(ScenarioWriter.write(drawn(seed)));
    }
    assertEquals(50, texts.size());
  }

  /** If this changes, seeds of old runs of soak mean other scenarios: say so in the changelog. */
  @Test
  void seedMeansTheSameScenarioInEveryJvm() throws Exception {
    MessageDigest all = MessageDigest.getInstance("SHA-256");
    for (long seed = 0; seed < 20; seed++) {
      all.update(ScenarioWriter.write(drawn(seed)).getBytes(StandardCharsets.UTF_8));
    }
    assertEquals("29844b6ed2cead0e", HexFormat.of().formatHex(all.digest()).substring(0, 16));
  }

  @Test
  void unknownKindAndKnobOutOfItsBoundsAreRefused() {
    assertComplaint(
        "kinds: expected any of " + FaultArbitraries.kinds() + ", found flood",
        () -> Knobs.defaults().withKinds(List.of("flood")));
    assertComplaint(
        "maxNodes: expected 3 to 1000, found 2", () -> Knobs.defaults().withMaxNodes(2));
    assertComplaint(
        "maxFaults: expected 0 to 100, found 101", () -> Knobs.defaults().withMaxFaults(101));
  }

  private static void assertComplaint(String expected, Runnable drawing) {
    assertEquals(expected, assertThrows(IllegalArgumentException.class, drawing::run).getMessage());
  }
}
