package bdk.p2p.simulator.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bdk.p2p.manager.ManagerOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a file cannot say is refused when it is said in Java, too. */
class ScenarioRulesTest {
  private static ScenarioBuilder scenario() {
    return Scenario.named("own")
        .discoveryNode("discovery")
        .nodes("node", 2, ManagerOptions.defaults());
  }

  private static void assertRefused(String complaint, ScenarioBuilder scenario) {
    assertEquals(
        "own: " + complaint, assertThrows(ScenarioException.class, scenario::build).getMessage());
  }

  @Test
  void workloadComesAtTimesThatDiffer() {
    assertRefused(
        "the time between two requests is 0 ms, expected 1 ms to 3600000 ms",
        scenario()
            .workload(
                new Workload(
                    List.of(),
                    Optional.of(new Workload.Requests(Duration.ZERO, 100)),
                    Optional.empty())));
    assertRefused(
        "the time between two broadcasts 'txs' is -1000 ms, expected 1 ms to 3600000 ms",
        scenario()
            .workload(
                new Workload(
                    List.of(new Workload.Broadcasts("txs", 5, 100, Duration.ofSeconds(-1))),
                    Optional.empty(),
                    Optional.empty())));
    assertRefused(
        "notifications of 15 bytes, expected 16 to 100000000",
        scenario()
            .workload(
                new Workload(
                    List.of(),
                    Optional.empty(),
                    Optional.of(new Workload.Notifications(Duration.ofSeconds(1), 15)))));
  }

  @Test
  void timesAndNumbersAreWithinThoseOfAFile() {
    Duration second = Duration.ofSeconds(1);
    assertRefused(
        "duration is 0 ms, expected 1 ms to 3600000 ms",
        scenario().times(second, Duration.ZERO, second));
    assertRefused(
        "warmUp is -1000 ms, expected 0 ms to 3600000 ms",
        scenario().times(second.negated(), second, second));
    assertRefused(
        "0 nodes 'more', expected 1 to 10000",
        scenario().nodes("more", 0, ManagerOptions.defaults()));
  }
}
