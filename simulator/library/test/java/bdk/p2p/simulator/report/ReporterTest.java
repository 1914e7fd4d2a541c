package bdk.p2p.simulator.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.simulator.oracle.Claim;
import bdk.p2p.simulator.oracle.ClaimBoard;
import bdk.p2p.simulator.oracle.ClaimResult;
import bdk.p2p.simulator.run.RunOptions;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.ScenarioRunner;
import bdk.p2p.simulator.scenario.Catalogue;
import bdk.p2p.simulator.scenario.Scenario;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The report of a run that was. */
class ReporterTest {
  private static RunRecord run;
  private static List<ClaimResult> results;

  @BeforeAll
  static void runTwoNodes() {
    Scenario scenario = Catalogue.get("two-nodes");
    ClaimBoard claims = new ClaimBoard(Claim.of(scenario));
    run = new ScenarioRunner(scenario, RunOptions.seeded(7), claims).run();
    results = claims.conclude(run);
  }

  private static Report report() {
    return Reporter.report(run, results, "bdk-sim run two-nodes --seed 7");
  }

  @Test
  void saysHowItWasMadeAndHowToMakeItAgain() {
    Report report = report();
    assertEquals("virtual", report.backend());
    assertEquals("bdk-sim run two-nodes --seed 7", report.replay());
    assertEquals(Set.of("bdk-sim", "java"), report.versions().keySet());
    assertEquals(Runtime.version().toString(), report.versions().get("java"));
  }

  @Test
  void everySecondAndEveryRequestIsThere() {
    assertEquals(25, report().samples().size());
    Report.Sample last = report().samples().get(24);
    assertEquals(20, last.deliveries());
    assertEquals(3, last.nodesUp());
    assertTrue(last.bytesIn() > 0);
    assertEquals(20, report().requestLatencies().size());
    assertTrue(
        report().requestLatencies().stream().allMatch(one -> one.outcome().equals("ANSWERED")));
  }

  @Test
  void everyRegionOfTheScenarioIsNamed() {
    Report report = report();
    assertEquals(6, report.regions().size());
    assertTrue(report.nodes().stream().allMatch(node -> report.regions().contains(node.region())));
  }

  @Test
  void curvesEndWhereTheFiguresDo() {
    Report.Propagation stream = report().propagation().get(0);
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
