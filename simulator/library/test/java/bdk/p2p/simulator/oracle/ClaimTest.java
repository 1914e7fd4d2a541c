package bdk.p2p.simulator.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.simulator.scenario.Bounds;
import bdk.p2p.simulator.scenario.ClaimNames;
import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.scenario.ScenarioException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ClaimTest {
  private static Scenario without(String... names) {
    return Scenario.named("small")
        .discoveryNode("discovery")
        .nodes("node", 2, ManagerOptions.defaults())
        .times(Duration.ZERO, Duration.ofSeconds(1), Duration.ZERO)
        .bounds(new Bounds(Optional.empty(), 1, OptionalLong.empty(), List.of(), List.of(names)))
        .build();
  }

  private static List<String> names(Scenario scenario) {
    return Claim.of(scenario).stream().map(Claim::name).toList();
  }

  @Test
  void theNamesThatAFileMayUseAreThoseOfTheClaimsInTheirOrder() {
    assertEquals(ClaimNames.ALL, names(without()));
  }

  @Test
  void whatIsLeftOutIsNotMade() {
    for (String name : ClaimNames.ALL) {
      assertEquals(
          ClaimNames.ALL.stream().filter(one -> !one.equals(name)).toList(), names(without(name)));
    }
  }

  @Test
  void aClaimThatThereIsNotCannotBeLeftOut() {
    assertEquals(
        "without: expected one of " + String.join(", ", ClaimNames.ALL) + ", found 'nonsense'",
        assertThrows(ScenarioException.class, () -> names(without("nonsense"))).getMessage());
  }
}
