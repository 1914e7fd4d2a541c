package bdk.p2p.simulator.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.message.NodeType;
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

  @Test
  void allNodesStartBeforeTheEnd() {
    Duration minute = Duration.ofMinutes(1);
    NodeGroup late =
        new NodeGroup(
            "late",
            3,
            NodeType.NORMAL,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            minute,
            minute,
            ManagerOptions.defaults());
    ScenarioBuilder lasting = scenario().times(minute, minute, minute);
    assertRefused(
        "the last of the nodes 'late' starts after 180000 ms, expected a start before the end,"
            + " after 180000 ms",
        lasting.nodes(late));
  }

  @Test
  void nodesAreInRegionsThatThereAre() {
    NodeGroup lost = NodeGroup.of("lost", 1, NodeType.NORMAL, ManagerOptions.defaults());
    String message =
        assertThrows(ScenarioException.class, () -> scenario().nodes(lost.in("Atlantis")).build())
            .getMessage();
    assertTrue(
        message.startsWith("own: the region of the nodes 'lost': expected one of "), message);
    assertTrue(message.endsWith(", found 'Atlantis'"), message);
  }
}
