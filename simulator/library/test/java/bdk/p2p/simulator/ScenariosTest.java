package bdk.p2p.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.simulator.fault.Crash;
import bdk.p2p.simulator.fault.FaultEntry;
import bdk.p2p.simulator.fault.Selection;
import bdk.p2p.simulator.scenario.Bounds;
import bdk.p2p.simulator.scenario.Catalogue;
import bdk.p2p.simulator.scenario.RegionModel;
import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.scenario.ScenarioBuilder;
import bdk.p2p.simulator.scenario.ScenarioException;
import bdk.p2p.simulator.scenario.ScenarioFile;
import bdk.p2p.simulator.scenario.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scenario is pleasant to describe in Java, and runs from there. */
class ScenariosTest {
  private static final ManagerOptions OPTIONS =
      ManagerOptions.builder().minPeers(4).maxPeers(12).build();

  private static ScenarioBuilder small() {
    return Scenario.named("small")
        .discoveryNode("discovery")
        .nodes("node", 8, OPTIONS)
        .times(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(25))
        .workload(
            new Workload(
                List.of(new Workload.Broadcasts("transactions", 5, 100, Duration.ofSeconds(1))),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void aScenarioMadeInJavaRunsAndHolds(@TempDir Path directory) throws Exception {
    Scenario scenario =
        small()
            .regions(RegionModel.table("bitcoin-2019").withJitter(0.1))
            .fault(
                FaultEntry.once(
                    "crash",
                    new Crash(false),
                    Selection.of(1),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(3)))
            .build();
    ScenarioRun run = Scenarios.run(scenario, 3);
    run.assertHeld();
    assertTrue(run.claims().contains("everything-delivered"), run.claims().toString());
    assertEquals(List.of(), run.broken());
    assertTrue(run.summary().contains(run.digest()));
    assertTrue(run.writeReport(directory).stream().allMatch(Files::exists));
    assertEquals(run.digest(), Scenarios.run(scenario, 3).digest());
  }

  @Test
  void aBrokenClaimIsToldWithFiguresAndSeed() {
    Scenario scenario = small().bounds(Bounds.duplicates(0)).build();
    ScenarioRun run = Scenarios.run(scenario, 3);
    AssertionError broken = assertThrows(AssertionError.class, run::assertHeld);
    assertEquals(List.of("duplicate-budget"), run.broken());
    assertTrue(broken.getMessage().contains("'duplicate-budget'"), broken.getMessage());
    assertTrue(broken.getMessage().contains("small with seed 3"), broken.getMessage());
  }

  @Test
  void theReportSaysHowToRepeatARunOfTheCatalogueAndOfAnyOther(@TempDir Path directory)
      throws Exception {
    Scenario listed = Catalogue.get("two-nodes");
    Scenario namesake =
        Scenario.named("two-nodes")
            .discoveryNode("discovery")
            .nodes("node", 2, OPTIONS)
            .times(Duration.ZERO, Duration.ofSeconds(1), Duration.ZERO)
            .build();
    assertEquals("bdk-sim run two-nodes --seed 3", replay(listed, directory.resolve("listed")));
    assertEquals("Scenarios.run(scenario, 3)", replay(namesake, directory.resolve("namesake")));
  }

  private static String replay(Scenario scenario, Path directory) throws Exception {
    Scenarios.run(scenario, 3).writeReport(directory);
    String report = Files.readString(directory.resolve("report.json"));
    Matcher replay = Pattern.compile("\"replay\" ?: ?\"([^\"]*)\"").matcher(report);
    assertTrue(replay.find(), report);
    return replay.group(1);
  }

  @Test
  void aFileIsAsGood() {
    Scenario scenario =
        ScenarioFile.parse(
            "two.yaml",
            """
            name: two
            description: Two nodes that find each other.
            regions: {table: bitcoin-2019}
            nodes:
              - {name: discovery, type: discovery, count: 1, maxPeers: 9}
              - {name: node, type: normal, count: 2, minPeers: 1, maxPeers: 9}
            warmUp: 10s
            duration: 1s
            coolDown: 1s
            claims: {duplicatesPerDelivery: 1}
            """);
    Scenarios.run(scenario, 1).assertHeld();
  }

  @Test
  void whatIsWrongAcrossAScenarioIsToldWhenItIsBuilt() {
    assertThrows(ScenarioException.class, () -> small().nodes("node", 8, OPTIONS).build());
    assertThrows(ScenarioException.class, () -> RegionModel.table("nowhere"));
  }
}
