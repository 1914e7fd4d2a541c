package bdk.p2p.simulator.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.simulator.containers.ContainerRuns.Done;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What holds in virtual time holds between containers with their own addresses, kernels' TCP and
 * real partitions. Two scenarios run at a time, because most of the time they wait.
 */
class ContainerScenariosIT {
  private static final String HEAD =
      """
      name: NAME
      description: Across containers.
      regions: {table: bitcoin-2019, jitter: 0.1}
      nodes:
        - {name: discovery, type: discovery, count: 1, region: EUROPE, maxPeers: 100, options: QUICK}
        - {name: node, type: normal, count: COUNT, minPeers: 3, maxPeers: 8, options: QUICK}
      """;

  private static final Map<String, String> SCENARIOS = scenarios();

  /** Whoever looks into a scenario that failed finds its reports there. */
  private static final Path WORK = Path.of("target", "container-runs");

  private static final Map<String, CompletableFuture<Done>> RUNS = new LinkedHashMap<>();
  private static final Set<String> UPGRADED = ConcurrentHashMap.newKeySet();
  private static ExecutorService threads;
  private static ScheduledExecutorService looking;

  private static Map<String, String> scenarios() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put(
        "rolling-upgrade",
        head("rolling-upgrade", 4)
            + """
            warmUp: 5s
            duration: 30s
            coolDown: 6s
            workload:
              broadcasts: [{name: transactions, command: 5, bytes: 200, every: 250ms}]
              requests: {every: 250ms, answerBytes: 1_000}
            faults:
              - {kind: stop, nodes: 1, after: 1s, times: 4, every: 8s, lasting: 500ms, persisted: true}
            claims: {deliveredWithin: 4s, duplicatesPerDelivery: 10, sometimes: [fault-bit]}
            """);
    all.put(
        "every-fault",
        head("every-fault", 4)
            + """
              - {name: late, type: normal, count: 1, minPeers: 1, maxPeers: 8, startsAfter: 12s, options: QUICK}
              - {name: later, type: normal, count: 1, minPeers: 1, maxPeers: 8, startsAfter: 18s, options: QUICK}
            warmUp: 5s
            duration: 30s
            coolDown: 2s
            workload:
              broadcasts: [{name: transactions, command: 5, bytes: 2_000, every: 100ms}]
              requests: {every: 200ms, answerBytes: 1_000}
            faults:
              - {kind: latency, nodes: 1, group: node, after: 0s, lasting: 3s, delay: 200ms}
              - {kind: loss, nodes: 1, group: node, after: 3s, lasting: 3s, rate: 0.2}
              - {kind: connect-refused, ids: [discovery], after: 6500ms, lasting: 5s}
              - {kind: reset, ids: [node-1, node-2], after: 11s}
              - {kind: connect-black-hole, ids: [discovery], after: 12s, lasting: 5s}
              - {kind: partition, name: one-way, ids: [node-3], after: 17500ms, lasting: 2s, direction: from-victims}
              - {kind: reset, name: resets, nodes: 2, group: node, after: 20s, lasting: 2s, perSecond: 5}
              - {kind: pause, nodes: 1, group: node, after: 22s, lasting: 2s}
              - {kind: bandwidth, nodes: 1, group: node, after: 25s, lasting: 4s, uploadBitsPerSecond: 200_000, downloadBitsPerSecond: 400_000}
            claims:
              duplicatesPerDelivery: 10
              sometimes: [fault-bit]
              without: [everything-delivered, discovery-converges, ended-nodes-returned]
            """);
    all.put(
        "partition-and-heal",
        head("partition-and-heal", 6)
            + """
            warmUp: 5s
            duration: 12s
            coolDown: 10s
            workload:
              broadcasts: [{name: transactions, command: 5, bytes: 200, every: 250ms}]
              requests: {every: 250ms, answerBytes: 1_000}
              notifications: {every: 250ms, bytes: 64}
            faults:
              - {kind: partition, nodes: 2, after: 2s, lasting: 5s}
            claims: {deliveredWithin: 8s, duplicatesPerDelivery: 10, sometimes: [fault-bit]}
            """);
    all.put(
        "discovery-lost",
        head("discovery-lost", 4)
            + """
              - {name: newcomer, type: normal, count: 1, minPeers: 2, maxPeers: 8, startsAfter: 10s, options: QUICK}
            warmUp: 5s
            duration: 14s
            coolDown: 16s
            workload:
              broadcasts: [{name: transactions, command: 5, bytes: 200, every: 250ms}]
            faults:
              - {kind: crash, group: discovery, after: 2s, lasting: 6s}
            claims: {deliveredWithin: 8s, duplicatesPerDelivery: 10, sometimes: [fault-bit]}
            """);
    all.put(
        "kill-a-third",
        head("kill-a-third", 6)
            + """
            warmUp: 5s
            duration: 12s
            coolDown: 8s
            workload:
              broadcasts: [{name: transactions, command: 5, bytes: 200, every: 250ms}]
              requests: {every: 250ms, answerBytes: 1_000}
            faults:
              - {kind: kill, share: 0.34, after: 2s, lasting: 3s, persisted: true}
            claims: {deliveredWithin: 8s, duplicatesPerDelivery: 10, sometimes: [fault-bit], without: [nothing-too-early]}
            """);
    all.put(
        "slow-link",
        head("slow-link", 5)
            + """
            warmUp: 5s
            duration: 14s
            coolDown: 8s
            workload:
              broadcasts:
                - {name: transactions, command: 5, bytes: 200, every: 500ms}
                - {name: blocks, command: 6, bytes: 60_000, every: 2s}
            faults:
              - {kind: bandwidth, nodes: 1, after: 2s, lasting: 8s, uploadBitsPerSecond: 300_000, downloadBitsPerSecond: 600_000}
            claims: {deliveredWithin: 15s, duplicatesPerDelivery: 10, sometimes: [fault-bit]}
            """);
    all.put(
        "ten-nodes",
        head("ten-nodes", 10)
            + """
            warmUp: 8s
            duration: 5s
            coolDown: 9s
            workload:
              broadcasts: [{name: transactions, command: 5, bytes: 200, every: 250ms}]
              requests: {every: 250ms, answerBytes: 1_000}
            claims: {deliveredWithin: 8s, duplicatesPerDelivery: 10}
            """);
    return all;
  }

  private static String head(String name, int count) {
    return HEAD.replace("NAME", name)
        .replace("COUNT", Integer.toString(count))
        .replace("QUICK", ContainerRuns.QUICK);
  }

  @BeforeAll
  static void begin() {
    ContainerRuns.needEngine();
    System.setProperty(NodeImage.NEXT_PROPERTY, ContainerRuns.nextImage());
    threads = Executors.newFixedThreadPool(2);
    looking = Executors.newSingleThreadScheduledExecutor();
    looking.scheduleAtFixedRate(ContainerScenariosIT::lookForUpgraded, 1, 1, TimeUnit.SECONDS);
    SCENARIOS
        .keySet()
        .forEach(
            name ->
                RUNS.put(
                    name,
                    CompletableFuture.supplyAsync(() -> run(name, WORK.resolve(name)), threads)));
  }

  @AfterAll
  static void end() {
    if (threads != null) {
      threads.shutdownNow();
      looking.shutdownNow();
    }
  }

  private static void lookForUpgraded() {
    Engine.client().listContainersCmd().exec().stream()
        .filter(one -> one.getImage().equals(ContainerRuns.nextImage()))
        .forEach(one -> UPGRADED.add(one.getNames()[0]));
  }

  /**
   * A run that broke a claim beside another one, whose processors it shares, has the machine for
   * itself once more; what it broke is in the output and under {@link #WORK}.
   */
  private static Done done(String name) {
    Done done = RUNS.get(name).join();
    if (!done.hasHeld()) {
      RUNS.values().forEach(CompletableFuture::join);
      System.out.println("ONCE MORE, ALONE: " + name);
      done = run(name, WORK.resolve(name + "-alone"));
    }
    done.run().assertHeld();
    return done;
  }

  private static Done run(String name, Path directory) {
    return ContainerRuns.run(SCENARIOS.get(name).replace("QUICK", ContainerRuns.QUICK), directory);
  }

  @Test
  void tenNodesFindEachOtherThroughADiscoveryNode() {
    JsonNode nodes = done("ten-nodes").report().get("nodes");
    assertEquals(11, nodes.size());
    nodes.forEach(node -> assertTrue(node.get("peers").asInt() >= 3, node::toString));
  }

  @Test
  void everyFaultOfTheNetworkBites() {
    JsonNode faults = done("every-fault").report().get("faults");
    assertEquals(9, faults.size());
    for (JsonNode fault : faults) {
      System.out.println("MEASURED " + fault.get("id").asText() + " bit " + fault.get("bit"));
      assertTrue(fault.get("bit").asLong() > 0, fault::toString);
    }
  }

  @Test
  void partitionHeals() {
    JsonNode fault = done("partition-and-heal").report().get("faults").get(0);
    assertTrue(fault.get("bit").asLong() > 10, fault::toString);
  }

  @Test
  void aThirdIsKilledAndReturns() {
    JsonNode report = done("kill-a-third").report();
    assertEquals(2, report.get("faults").get(0).get("bit").asLong());
    JsonNode fault = report.get("faults").get(0);
    for (JsonNode victim : fault.get("nodes")) {
      double back = Double.MAX_VALUE;
      for (JsonNode link : report.get("links")) {
        boolean isIts =
            link.get("a").asText().equals(victim.asText())
                || link.get("b").asText().equals(victim.asText());
        double from = link.get("fromMillis").asDouble();
        if (isIts && from > fault.get("untilMillis").asDouble()) {
          back = Math.min(back, from);
        }
      }
      System.out.printf(
          "MEASURED %s: killed at %.0f ms, told to start at %.0f ms, among peers at %.0f ms%n",
          victim.asText(),
          fault.get("fromMillis").asDouble(),
          fault.get("untilMillis").asDouble(),
          back);
      assertTrue(back < fault.get("untilMillis").asDouble() + 30_000);
    }
  }

  @Test
  void slowLinkHoldsThingsUp() {
    JsonNode fault = done("slow-link").report().get("faults").get(0);
    assertTrue(fault.get("bit").asLong() > 0, fault::toString);
  }

  @Test
  void discoveryNodeIsLostAndBack() {
    JsonNode report = done("discovery-lost").report();
    assertEquals(1, report.get("faults").get(0).get("bit").asLong());
    for (JsonNode node : report.get("nodes")) {
      if (node.get("id").asText().equals("newcomer")) {
        assertTrue(node.get("peers").asInt() >= 2, node::toString);
      }
    }
  }

  /** Stricter than the claim, which excuses whoever was stopped or had a peer stopped meanwhile. */
  @Test
  void rollingUpgradeLosesNoBroadcast() {
    JsonNode report = done("rolling-upgrade").report();
    assertEquals(4, report.get("faults").size());
    FollowedBroadcasts followed = new FollowedBroadcasts(report, 4000, 2000);
    System.out.printf(
        "MEASURED upgrade: %d broadcasts, %d deliveries to who stayed, %d of %d to who was"
            + " stopped%n",
        report.get("broadcasts").size(),
        followed.reached(),
        followed.reachedWhoEnded(),
        followed.reachedWhoEnded() + followed.missedWhoEnded());
    assertEquals(List.of(), followed.lost());
    // Far more on a quiet machine; on a busy one nodes return late, and fewer are followed.
    assertTrue(followed.reached() > 50 && followed.reachedWhoEnded() > 10);
    assertEquals(4, UPGRADED.size(), () -> "returned with the new image: " + UPGRADED);
  }
}
