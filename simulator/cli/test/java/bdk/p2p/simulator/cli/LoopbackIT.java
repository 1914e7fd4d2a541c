package bdk.p2p.simulator.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.simulator.cli.PackagedSimulator.Ended;
import bdk.p2p.simulator.cli.PackagedSimulator.Running;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged simulator over real sockets: two runs at once, every buffer watched. */
class LoopbackIT {
  private static final String TEN_NODES =
      """
      name: ten
      description: Ten nodes for a short time.
      backend: loopback
      regions: {table: bitcoin-2019, jitter: 0.1, interRegionBitsPerSecond: 6_000_000}
      nodes:
        - {name: discovery, type: discovery, count: 1, region: EUROPE, maxPeers: 100}
        - name: node
          type: normal
          count: 10
          minPeers: 4
          maxPeers: 8
          options: {discoveryInterval: 200ms, discoveryRestingInterval: 500ms}
      warmUp: 6s
      duration: 10s
      coolDown: 9s
      workload:
        broadcasts:
          - {name: transactions, command: 5, bytes: 100, every: 100ms}
          - {name: blocks, command: 6, bytes: 200_000, every: 2s}
        requests: {every: 200ms, answerBytes: 2_000}
      claims: {deliveredWithin: 9s, duplicatesPerDelivery: 8}
      """;

  @TempDir static Path work;
  private static Ended two;
  private static Ended ten;

  @BeforeAll
  static void run() throws Exception {
    Path file = Files.writeString(work.resolve("ten.yaml"), TEN_NODES);
    Running first = start("run", "two-nodes", "--backend", "loopback", "--out", out("two"));
    Running second = start("run", file.toString(), "--out", out("ten"));
    two = first.end();
    ten = second.end();
  }

  private static String out(String name) {
    return work.resolve(name).toString();
  }

  /** A small heap, so that buffers which nobody has released are found. */
  private static Running start(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(PackagedSimulator.command(arguments));
    command.remove("-Xmx1g");
    command.addAll(1, List.of("-Xmx96m", "-Dio.netty.leakDetection.level=paranoid"));
    Path output = Files.createTempFile(work, "output", ".txt");
    Path errors = Files.createTempFile(work, "errors", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    process.getOutputStream().close();
    return new Running(process, output, errors);
  }

  @Test
  void everyClaimHolds() {
    for (Ended run : List.of(two, ten)) {
      assertEquals(0, run.exitCode(), () -> run.output() + run.errors());
      assertTrue(run.output().contains("backend       loopback\n"), run::output);
      assertFalse(run.output().contains("digest"), run::output);
    }
  }

  @Test
  void noBufferIsForgotten() {
    assertFalse(two.errors().contains("LEAK"), two::errors);
    assertFalse(ten.errors().contains("LEAK"), ten::errors);
  }

  @Test
  void runsAtOneTimeHaveAddressesOfTheirOwn() throws Exception {
    String one = report("two").get("nodes").get(0).get("address").asText();
    String other = report("ten").get("nodes").get(0).get("address").asText();
    assertTrue(one.matches("127\\.\\d+\\.0\\.1:7000"), one);
    assertTrue(other.matches("127\\.\\d+\\.0\\.1:7000"), other);
    assertFalse(one.equals(other), one);
  }

  @Test
  void timeIsReal() throws Exception {
    JsonNode report = report("ten");
    assertTrue(report.get("virtualMillis").asDouble() >= 21_000);
    assertTrue(report.get("wallMillis").asDouble() >= report.get("virtualMillis").asDouble());
    assertEquals("loopback", report.get("backend").asText());
    assertEquals("", report.get("digest").asText());
  }

  @Test
  void crashIsRefusedInOneLine() throws Exception {
    Ended refused =
        PackagedSimulator.start(work, "run", "fifty-nodes", "--backend", "loopback").end();
    assertEquals(2, refused.exitCode(), refused::errors);
    assertTrue(
        refused.errors().startsWith("bdk-sim: the backend loopback cannot make the fault 'crash"),
        refused::errors);
    assertEquals(1, refused.errors().lines().count(), refused::errors);
    assertEquals("", refused.output());
  }

  private static JsonNode report(String out) throws Exception {
    return new ObjectMapper().readTree(work.resolve(out).resolve("report.json").toFile());
  }
}
