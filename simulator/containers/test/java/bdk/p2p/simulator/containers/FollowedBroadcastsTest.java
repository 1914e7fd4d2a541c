package bdk.p2p.simulator.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Three nodes and their door; b is told to stop after 10 s and is back after 12. */
class FollowedBroadcastsTest {
  private static final String NODES =
      """
      "nodes": [
        {"id": "door", "type": "discovery", "crashedAtMillis": []},
        {"id": "a", "type": "normal", "crashedAtMillis": []},
        {"id": "b", "type": "normal", "crashedAtMillis": [10000]},
        {"id": "c", "type": "normal", "crashedAtMillis": []}],
      "links": [
        {"a": "a", "b": "door", "fromMillis": 0, "untilMillis": 30000},
        {"a": "a", "b": "b", "fromMillis": 0, "untilMillis": 10300},
        {"a": "b", "b": "a", "fromMillis": 12000, "untilMillis": 30000},
        {"a": "c", "b": "a", "fromMillis": 5000, "untilMillis": 30000}]
      """;

  private static FollowedBroadcasts follow(double published, String arrivals) throws Exception {
    JsonNode report =
        new ObjectMapper()
            .readTree(
                "{%s, \"broadcasts\": [{\"origin\": \"a\", \"publishedAtMillis\": %s, \"arrivals\": [%s]}]}"
                    .formatted(NODES, published, arrivals));
    return new FollowedBroadcasts(report, 4000, 1000);
  }

  private static String at(String node, double millis) {
    return "{\"node\": \"%s\", \"atMillis\": %s}".formatted(node, millis);
  }

  private static void check(FollowedBroadcasts seen, int reached, int ended, int missed) {
    assertEquals(List.of(), seen.lost());
    assertEquals(reached, seen.reached());
    assertEquals(ended, seen.reachedWhoEnded());
    assertEquals(missed, seen.missedWhoEnded());
  }

  @Test
  void whoStaysAndWhoStopsLaterMustHaveIt() throws Exception {
    check(follow(8000, at("b", 8100) + "," + at("c", 8200)), 1, 1, 0);
    assertEquals(
        List.of(
            "b, of a, published at 8000 ms, told to stop 2000 ms later, had it after Infinity ms"),
        follow(8000, at("c", 8200)).lost());
    assertEquals(1, follow(20_000, at("c", 20_100)).lost().size());
    assertEquals(1, follow(20_000, at("b", 20_100) + "," + at("c", 24_001)).lost().size());
  }

  @Test
  void whoStopsAtOnceMayMissIt() throws Exception {
    check(follow(9900, at("c", 10_000)), 1, 0, 1);
    check(follow(9900, at("b", 10_100) + "," + at("c", 10_000)), 1, 1, 0);
  }

  @Test
  void whoIsStoppingOrAwayOrNotYetThereIsNotExpected() throws Exception {
    check(follow(10_200, at("c", 10_300)), 1, 0, 0);
    check(follow(11_000, at("c", 11_100)), 1, 0, 0);
    check(follow(12_400, at("c", 12_500)), 1, 0, 0);
    check(follow(4000, at("b", 4100)), 1, 0, 0);
    assertEquals(1, follow(12_500, at("c", 12_600)).lost().size());
  }
}
