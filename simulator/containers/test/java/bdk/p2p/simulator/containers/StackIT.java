package bdk.p2p.simulator.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stack files, deployed on a swarm of one host: that of the project, whose ten nodes find each
 * other, and an exported one, whose nodes are given work.
 */
class StackIT {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final String STACK = "bdk-stack-it";

  /** What the command line ends with if a node is not found. */
  private static final int NOT_THERE = 2;

  private static final String TOKEN = "a token of the test";

  private static final String SCENARIO =
      """
      name: exported
      description: Deployed by a file, given work from outside.
      regions: {table: bitcoin-2019, jitter: 0.1}
      nodes:
        - {name: discovery, type: discovery, count: 1, region: EUROPE, maxPeers: 100, options: QUICK}
        - {name: node, type: normal, count: 4, minPeers: 3, maxPeers: 8, options: QUICK}
      warmUp: 5s
      duration: 5s
      coolDown: 6s
      workload:
        broadcasts: [{name: transactions, command: 5, bytes: 200, every: 250ms}]
        requests: {every: 250ms, answerBytes: 1_000}
      claims: {deliveredWithin: 5s, duplicatesPerDelivery: 10, without: [nothing-too-early]}
      """;

  @TempDir private Path folder;
  private boolean isDeployed;
  private boolean isOwnSwarm;

  private void deploy(Path file) throws Exception {
    ContainerRuns.needEngine();
    String state = docker("info", "--format", "{{.Swarm.LocalNodeState}}").strip();
    if (!state.equals("active")) {
      docker("swarm", "init", "--advertise-addr", "127.0.0.1");
      isOwnSwarm = true;
    }
    isDeployed = true;
    docker("stack", "deploy", "--resolve-image", "never", "-c", file.toString(), STACK);
  }

  @Test
  void tenNodesOfTheStackFindEachOther() throws Exception {
    deploy(Path.of("../../docker/stack.yaml"));
    long end = System.nanoTime() + LIMIT.toNanos();
    String replicas = "";
    while (!replicas.contains("10/10") || !replicas.contains("1/1\n")) {
      assertTrue(System.nanoTime() - end < 0, "not up within " + LIMIT + ": " + replicas);
      LockSupport.parkNanos(500_000_000);
      replicas = docker("service", "ls", "--format", "{{.Replicas}}") + "\n";
    }
    List<String> nodes = docker("ps", "-q", "--filter", "name=" + STACK + "_node").lines().toList();
    assertEquals(10, nodes.size());
    for (String node : nodes) {
      while (!docker("logs", node).contains("\"type\":\"normal\"")) {
        assertTrue(System.nanoTime() - end < 0, "without a peer within " + LIMIT + ": " + node);
        LockSupport.parkNanos(500_000_000);
      }
    }
  }

  @Test
  void nodesOfAnExportedStackAreGivenWork() throws Exception {
    Path scenario = folder.resolve("exported.yaml");
    Files.writeString(scenario, SCENARIO.replace("QUICK", ContainerRuns.QUICK));
    assertEquals(0, bdkSim("export", scenario, "--as", "stack", "--out", folder));
    deploy(folder.resolve("stack.yaml"));
    long end = System.nanoTime() + LIMIT.toNanos();
    Path run = folder.resolve("run");
    while (bdkSim("attach", folder.resolve("scenario.yaml"), "--out", run) == NOT_THERE) {
      assertTrue(System.nanoTime() - end < 0, "not up within " + LIMIT);
    }
    JsonNode report = new ObjectMapper().readTree(run.resolve("report.json").toFile());
    assertEquals("attached", report.get("backend").asText());
    assertEquals(5, report.get("nodes").size());
    for (JsonNode claim : report.get("claims")) {
      assertTrue(claim.get("held").asBoolean(), claim::toString);
    }
  }

  /** The command line as the build has left it; its exit code. */
  private static int bdkSim(Object... words) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--module-path",
            "../cli/target/modules",
            "--add-modules",
            "ALL-MODULE-PATH",
            "--module",
            "bdk.p2p.simulator.cli/bdk.p2p.simulator.cli.BdkSim");
    for (Object word : words) {
      builder.command().add(word.toString());
    }
    builder.environment().put("BDK_CONTROL_TOKEN", TOKEN);
    Process process = builder.inheritIO().start();
    assertTrue(process.waitFor(120, TimeUnit.SECONDS), () -> String.join(" ", builder.command()));
    return process.exitValue();
  }

  @AfterEach
  void takeAway() throws Exception {
    if (isDeployed) {
      docker("stack", "rm", STACK);
      long end = System.nanoTime() + LIMIT.toNanos();
      while (!docker("ps", "-aq", "--filter", "name=" + STACK + "_").isBlank()
          && System.nanoTime() - end < 0) {
        LockSupport.parkNanos(500_000_000);
      }
    }
    if (isOwnSwarm) {
      docker("swarm", "leave", "--force");
    }
  }

  private static String docker(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("docker");
    builder.command().addAll(List.of(arguments));
    builder.environment().put("BDK_NODE_IMAGE", ContainerRuns.image());
    builder.environment().put("BDK_CONTROL_TOKEN", TOKEN);
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), String.join(" ", arguments));
    assertEquals(0, process.exitValue(), () -> String.join(" ", arguments) + ": " + output);
    return output;
  }
}
