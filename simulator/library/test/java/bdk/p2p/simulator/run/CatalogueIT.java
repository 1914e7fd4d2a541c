package bdk.p2p.simulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.simulator.oracle.Claim;
import bdk.p2p.simulator.oracle.ClaimBoard;
import bdk.p2p.simulator.oracle.ClaimResult;
import bdk.p2p.simulator.scenario.Catalogue;
import bdk.p2p.simulator.scenario.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every scenario of the catalogue that takes seconds only, to its end: all of its claims hold, and
 * every fault did something.
 */
class CatalogueIT {
  /** Runs elsewhere, all of it: fifty-nodes has a test, a thousand nodes are a benchmark. */
  private static final List<String> ELSEWHERE = List.of("fifty-nodes", "thousand-nodes");

  static Stream<String> scenarios() {
    return Catalogue.names().stream().filter(name -> !ELSEWHERE.contains(name));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void everyClaimHolds(String name) {
    Scenario scenario = Catalogue.get(name);
    assertEquals(name, scenario.name());
    assertEveryClaimHolds(scenario);
  }

  private static void assertEveryClaimHolds(Scenario scenario) {
    ClaimBoard claims = new ClaimBoard(Claim.of(scenario));
    RunRecord run = new ScenarioRunner(scenario, RunOptions.seeded(1), claims).run();
    List<ClaimResult> results = claims.conclude(run);
    assertEquals(List.of(), results.stream().filter(result -> !result.held()).toList());
    assertEquals(List.of(), run.faults().stream().filter(fault -> fault.bit() == 0).toList());
    assertTrue(run.broadcasts().stream().anyMatch(one -> !one.arrivals().isEmpty()));
  }

  @Test
  void sixtyOfTheThousandNodesHoldEveryClaimToo() {
    assertEveryClaimHolds(
        Catalogue.get("thousand-nodes")
            .withNormalNodes(60)
            .withTimes(Duration.ofSeconds(15), Duration.ofSeconds(11), Duration.ofSeconds(21)));
  }

  @Test
  void thereAreManyAndEveryFaultSaysThatItBit() {
    assertTrue(Catalogue.names().size() >= 15);
    for (Scenario scenario : Catalogue.all()) {
      boolean wanted = scenario.bounds().sometimes().contains("fault-bit");
      assertEquals(!scenario.faults().isEmpty(), wanted, scenario.name());
    }
  }
}
