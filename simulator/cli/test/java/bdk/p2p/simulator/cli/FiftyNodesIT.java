package bdk.p2p.simulator.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.simulator.cli.PackagedSimulator.Ended;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole of fifty-nodes, judged once more from {@code report.json} alone: what a stranger finds
 * there must agree with what the simulator claims.
 */
class FiftyNodesIT {
  /** Two doubles that were made from the same nanoseconds differ by less. */
  private static final double ROUNDING_MILLIS = 1e-6;

  @TempDir static Path work;
  private static Ended run;
  private static JsonNode report;

  @BeforeAll
  static void run() throws Exception {
    run = PackagedSimulator.start(work, "run", "fifty-nodes", "--out", work.toString()).end();
    report = new ObjectMapper().readTree(work.resolve("report.json").toFile());
  }

  @Test
  void everyClaimIsHeld() {
    assertEquals(0, run.exitCode(), run::output);
    assertEquals(14, report.get("claims").size());
    for (JsonNode claim : report.get("claims")) {
      assertTrue(claim.get("held").booleanValue(), claim::toString);
      assertTrue(claim.get("name").isTextual() && claim.get("detail").isTextual());
    }
  }

  @Test
  void fiftyNormalNodesAndOneDiscoveryNodeTookPart() {
    assertEquals(50, nodes("normal").size());
    assertEquals(1, nodes("discovery").size());
    assertEquals(51, ids().size(), "ids are unique");
  }

  @Test
  void fiveNodesCrashedOnceAndAreBackAmongPeers() {
    List<JsonNode> crashed =
        nodes("normal").stream().filter(node -> node.get("crashedAtMillis").size() > 0).toList();
    assertEquals(5, crashed.size());
    for (JsonNode node : crashed) {
      assertEquals(1, node.get("crashedAtMillis").size(), node::toString);
      assertTrue(node.get("peers").intValue() > 0, node::toString);
    }
  }

  @Test
  void everyFieldIsThereAndOfItsType() {
    assertTrue(report.get("seed").isIntegralNumber());
    assertTrue(report.get("digest").asText().matches("[0-9a-f]{64}"));
    assertTrue(report.get("virtualMillis").doubleValue() >= 100_000);
    assertTrue(report.get("wallMillis").doubleValue() > 0);
    assertTrue(report.get("requests").get("ANSWERED").longValue() > 0);
    assertEquals(246, report.get("broadcasts").size());
    Set<String> ids = ids();
    for (JsonNode node : report.get("nodes")) {
      assertTrue(node.get("region").asText().matches("[A-Z_]+"), node::toString);
    }
    for (JsonNode link : report.get("links")) {
      assertTrue(ids.contains(text(link, "a")) && ids.contains(text(link, "b")), link::toString);
      assertEquals(2, link.get("latencyMillis").size());
      assertTrue(
          millis(link, "fromMillis") >= 0
              && millis(link, "fromMillis") <= millis(link, "untilMillis"),
          link::toString);
    }
    for (JsonNode broadcast : report.get("broadcasts")) {
      assertTrue(ids.contains(text(broadcast, "origin")));
      assertTrue(broadcast.get("bytes").intValue() >= 100);
      assertTrue(broadcast.get("duplicates").intValue() >= 0);
    }
  }

  @Test
  void nobodyHasMoreThanTwentyPeersAtTheEnd() {
    Map<String, Set<String>> peers = peersAtEnd();
    for (JsonNode node : nodes("normal")) {
      int found = peers.getOrDefault(text(node, "id"), Set.of()).size();
      assertTrue(found <= 20, () -> node + " has " + found);
      assertEquals(node.get("peers").intValue(), found, node::toString);
    }
  }

  @Test
  void nobodyReceivesBeforePublication() {
    for (JsonNode broadcast : report.get("broadcasts")) {
      for (JsonNode arrival : broadcast.get("arrivals")) {
        assertTrue(
            millis(arrival, "atMillis") > millis(broadcast, "publishedAtMillis"),
            () -> arrival + " of " + text(broadcast, "origin"));
      }
    }
  }

  @Test
  void everyArrivalHasAPathThatLightCouldTake() {
    Map<String, List<Hop>> hops = hops();
    int arrivals = 0;
    for (JsonNode broadcast : report.get("broadcasts")) {
      Map<String, Double> had = had(broadcast);
      for (JsonNode arrival : broadcast.get("arrivals")) {
        double at = millis(arrival, "atMillis");
        assertTrue(
            hops.get(text(arrival, "node")).stream().anyMatch(hop -> hop.brings(had, at)),
            () -> arrival + " of " + text(broadcast, "origin"));
        arrivals++;
      }
    }
    assertTrue(arrivals > 10_000, "only " + arrivals);
  }

  /** A way into a node, while it was open. */
  private record Hop(String from, double latency, double open, double closed) {
    boolean brings(Map<String, Double> had, double at) {
      return had.containsKey(from)
          && Math.max(had.get(from), open) + latency <= Math.min(at, closed) + ROUNDING_MILLIS;
    }
  }

  private static Map<String, List<Hop>> hops() {
    Map<String, List<Hop>> hops = new HashMap<>();
    for (JsonNode link : report.get("links")) {
      double open = millis(link, "fromMillis");
      double closed = millis(link, "untilMillis");
      String a = text(link, "a");
      String b = text(link, "b");
      double toB = link.get("latencyMillis").get(0).doubleValue();
      double toA = link.get("latencyMillis").get(1).doubleValue();
      hops.computeIfAbsent(b, id -> new ArrayList<>()).add(new Hop(a, toB, open, closed));
      hops.computeIfAbsent(a, id -> new ArrayList<>()).add(new Hop(b, toA, open, closed));
    }
    return hops;
  }

  private static Map<String, Double> had(JsonNode broadcast) {
    Map<String, Double> had = new HashMap<>();
    for (JsonNode arrival : broadcast.get("arrivals")) {
      had.put(text(arrival, "node"), millis(arrival, "atMillis"));
    }
    had.put(text(broadcast, "origin"), millis(broadcast, "publishedAtMillis"));
    return had;
  }

  private static Map<String, Set<String>> peersAtEnd() {
    Map<String, Set<String>> peers = new HashMap<>();
    for (JsonNode link : report.get("links")) {
      if (millis(link, "untilMillis") >= millis(report, "virtualMillis")) {
        peers.computeIfAbsent(text(link, "a"), id -> new HashSet<>()).add(text(link, "b"));
        peers.computeIfAbsent(text(link, "b"), id -> new HashSet<>()).add(text(link, "a"));
      }
    }
    return peers;
  }

  private static List<JsonNode> nodes(String type) {
    return StreamSupport.stream(report.get("nodes").spliterator(), false)
        .filter(node -> text(node, "type").equals(type))
        .toList();
  }

  private static Set<String> ids() {
    Set<String> ids = new HashSet<>();
    report.get("nodes").forEach(node -> ids.add(text(node, "id")));
    return ids;
  }

  private static String text(JsonNode node, String field) {
    return node.get(field).textValue();
  }

  private static double millis(JsonNode node, String field) {
    return node.get(field).doubleValue();
  }
}
