package bdk.p2p.simulator.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The stack file, deployed on a swarm of one host: ten nodes find each other. */
class StackIT {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final String STACK = "bdk-stack-it";

  private boolean isDeployed;
  private boolean isOwnSwarm;

  @Test
  void tenNodesOfTheStackFindEachOther() throws Exception {
    ContainerRuns.needEngine();
    String state = docker("info", "--format", "{{.Swarm.LocalNodeState}}").strip();
    if (!state.equals("active")) {
      docker("swarm", "init", "--advertise-addr", "127.0.0.1");
      isOwnSwarm = true;
    }
    isDeployed = true;
    docker("stack", "deploy", "--resolve-image", "never", "-c", "../../docker/stack.yaml", STACK);
    long end = System.nanoTime() + LIMIT.toNanos();
    String replicas = "";
    while (!replicas.contains("10/10") || !replicas.contains("1/1\n")) {
      assertTrue(System.nanoTime() - end < 0, "not up within " + LIMIT + ": " + replicas);
      java.util.concurrent.locks.LockSupport.parkNanos(500_000_000);
      replicas = docker("service", "ls", "--format", "{{.Replicas}}") + "\n";
    }
    List<String> nodes = docker("ps", "-q", "--filter", "name=" + STACK + "_node").lines().toList();
    assertEquals(10, nodes.size());
    for (String node : nodes) {
      while (!docker("logs", node).contains("\"type\":\"normal\"")) {
        assertTrue(System.nanoTime() - end < 0, "without a peer within " + LIMIT + ": " + node);
        java.util.concurrent.locks.LockSupport.parkNanos(500_000_000);
      }
    }
  }

  @AfterEach
  void takeAway() throws Exception {
    if (isDeployed) {
      docker("stack", "rm", STACK);
      long end = System.nanoTime() + LIMIT.toNanos();
      while (!docker("ps", "-aq", "--filter", "name=" + STACK + "_").isBlank()
          && System.nanoTime() - end < 0) {
        java.util.concurrent.locks.LockSupport.parkNanos(500_000_000);
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
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), String.join(" ", arguments));
    assertEquals(0, process.exitValue(), () -> String.join(" ", arguments) + ": " + output);
    return output;
  }
}
