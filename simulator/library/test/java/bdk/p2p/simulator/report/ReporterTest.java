package bdk.p2p.simulator.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.ScenarioRunner;
import bdk.p2p.simulator.scenario.Catalogue;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The report of a run that was. */
class ReporterTest {
  private static RunRecord run;

  @BeforeAll
  static void runTwoNodes() {
    run =
        new ScenarioRunner(
                Catalogue.get("two-nodes"), 7, (virtual, total, sessions, published, events) -> {})
            .run();
  }

  @Test
  void saysHowItWasMadeAndHowToMakeItAgain() {
    Report report = Reporter.report(run);
    assertEquals("virtual", report.backend());
    assertEquals("bdk-sim run two-nodes --seed 7", report.replay());
    assertEquals(Set.of("bdk-sim", "java"), report.versions().keySet());
    assertEquals(Runtime.version().toString(), report.versions().get("java"));
    assertEquals("other", Reporter.report(run, "other").replay());
  }

  @Test
  void everyRegionOfTheScenarioIsNamed() {
    Report report = Reporter.report(run);
    assertEquals(6, report.regions().size());
    assertTrue(report.nodes().stream().allMatch(node -> report.regions().contains(node.region())));
  }

  @Test
  void curvesEndWhereTheFiguresDo() {
    Report.Propagation stream = Reporter.report(run).propagation().get(0);
    assertEquals(stream.delivered(), stream.expected());
    assertEquals(stream.delivered(), stream.reach().size());
    Report.Reached last = stream.reach().get(stream.reach().size() - 1);
    assertEquals(1.0, last.share());
    assertEquals(stream.maxMillis(), last.afterMillis());
    assertEquals(
        stream.expected(),
        stream.regions().stream().mapToInt(Report.RegionPropagation::expected).sum());
    List<Double> delays = stream.reach().stream().map(Report.Reached::afterMillis).toList();
    assertEquals(delays.stream().sorted().toList(), delays);
  }
}
