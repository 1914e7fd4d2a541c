package bdk.p2p.simulator.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import bdk.p2p.simulator.cli.PackagedSimulator.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code bdk-sim verify} from the packaged modules: a run depends on its seed, not on its JVM. */
class VerifyIT {
  private static final Path JVMS = Path.of("/usr/lib/jvm");

  private static final String WITH_FAULTS =
      """
      name: small-with-faults
      description: Five nodes, and something of everything that draws at random.
      regions: {table: bitcoin-2019, jitter: 0.1}
      nodes:
        - {name: discovery, type: discovery, count: 1, maxPeers: 100}
        - {name: node, type: normal, count: 5, minPeers: 3, maxPeers: 8}
      warmUp: 3s
      duration: 8s
      coolDown: 6s
      workload:
        broadcasts: [{name: transactions, command: 5, bytes: 20_000, every: 200ms}]
        requests: {every: 100ms, answerBytes: 1_000}
      faults:
        - {kind: loss, nodes: 2, after: 0s, lasting: 4s, rate: 0.1}
        - {kind: corrupt, nodes: 1, after: 1s, lasting: 2s, rate: 0.05}
        - {kind: latency, nodes: 2, after: 2s, lasting: 4s, jitter: 100ms}
        - {kind: crash, nodes: 1, after: 4s, lasting: 2s}
      claims:
        duplicatesPerDelivery: 10
        without: [everything-delivered, discovery-converges, ended-nodes-returned]
      """;

  @TempDir Path work;

  private Ended verify(String... arguments) throws Exception {
    return verify("two-nodes", List.of(arguments));
  }

  private Ended verify(String scenario, List<String> arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("verify", scenario));
    all.addAll(arguments);
    return PackagedSimulator.start(work, all.toArray(String[]::new)).end();
  }

  @Test
  void interpretedAndCompiledRunsAreTheSame() throws Exception {
    Ended ended = verify("--runs", "2", "--jvm-option", "-Xint");
    assertEquals(0, ended.exitCode(), ended::toString);
    List<String> lines = ended.output().lines().toList();
    assertEquals(4, lines.size(), ended::output);
    assertTrue(lines.get(2).matches("run 3: digest [0-9a-f]{64}, .* events, .* s, -Xint"));
    assertEquals("all 3 runs are the same", lines.get(3));
  }

  @Test
  void runsWithFaultsAreTheSameInterpretedAndOnEveryJdk() throws Exception {
    Path scenario = Files.writeString(work.resolve("faults.yaml"), WITH_FAULTS);
    List<String> arguments = new ArrayList<>(List.of("--runs", "1", "--jvm-option", "-Xint"));
    List<Path> others = otherJdks();
    others.forEach(java -> arguments.addAll(List.of("--java", java.toString())));
    Ended ended = verify(scenario.toString(), arguments);
    assertEquals(0, ended.exitCode(), ended::toString);
    int runs = others.size() + 2;
    assertTrue(ended.output().endsWith("all " + runs + " runs are the same\n"), ended::output);
  }

  @Test
  void everyJdkOfThisMachineRunsTheSame() throws Exception {
    List<Path> others = otherJdks();
    assumeFalse(others.isEmpty(), "no JDK of 17 or newer in " + JVMS + " beside the one in use");
    List<String> arguments = new ArrayList<>(List.of("--runs", "1"));
    others.forEach(java -> arguments.addAll(List.of("--java", java.toString())));
    Ended ended = verify(arguments.toArray(String[]::new));
    assertEquals(0, ended.exitCode(), ended::toString);
    int runs = others.size() + 1;
    assertTrue(ended.output().endsWith("all " + runs + " runs are the same\n"), ended::output);
  }

  /** One executable for each installation; links to the same one count once. */
  private static List<Path> otherJdks() throws IOException {
    if (!Files.isDirectory(JVMS)) {
      return List.of();
    }
    Path own = Path.of(System.getProperty("java.home"), "bin", "java").toRealPath();
    try (Stream<Path> homes = Files.list(JVMS)) {
      return homes
          .map(home -> home.resolve("bin/java"))
          .filter(Files::isExecutable)
          .map(VerifyIT::real)
          .filter(java -> !java.equals(own) && majorVersion(java) >= 17)
          .distinct()
          .sorted()
          .toList();
    }
  }

  private static Path real(Path java) {
    try {
      return java.toRealPath();
    } catch (IOException gone) {
      return java;
    }
  }

  private static int majorVersion(Path java) {
    try {
      return Files.readString(java.resolve("../../release").normalize())
          .lines()
          .filter(line -> line.startsWith("JAVA_VERSION="))
          .map(line -> line.replaceAll("\\D*(\\d+).*", "$1"))
          .mapToInt(Integer::parseInt)
          .findFirst()
          .orElse(0);
    } catch (IOException unknown) {
      return 0;
    }
  }

  /** In place of a JVM that leaks chance: one that is given another seed. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void runThatDiffersIsShownWithItsFirstEventThatDoes() throws Exception {
    Path java = work.resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        for argument in "$@"; do
          shift
          [ "$argument" = 7 ] && argument=8
          set -- "$@" "$argument"
        done
        exec "%s" "$@"
        """
            .formatted(Path.of(System.getProperty("java.home"), "bin", "java")));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    Ended ended = verify("--seed", "7", "--runs", "1", "--java", java.toString());
    assertEquals(1, ended.exitCode(), ended::toString);
    List<String> lines = ended.output().lines().skip(2).collect(Collectors.toList());
    assertTrue(
        lines.get(0).matches("the first event that differs is number \\d+"), lines::toString);
    String event = ": at 0\\.\\d{9} s, node \\S+, [A-Z]+, connection \\d+, \\d+ bytes, .*";
    assertTrue(lines.get(1).matches("  run 1" + event), lines::toString);
    assertTrue(lines.get(2).matches("  run 2" + event), lines::toString);
    assertEquals(3, lines.size(), lines::toString);
  }

  @Test
  void jvmThatDoesNotStartIsOneLineWithWhatItSays() throws Exception {
    Ended ended = verify("--runs", "1", "--jvm-option", "-XX:NoSuchThing");
    assertEquals(2, ended.exitCode(), ended::toString);
    assertEquals(1, ended.errors().lines().count(), ended::errors);
    assertTrue(ended.errors().startsWith("bdk-sim: run 2 gave no digest: "), ended::errors);
    assertTrue(ended.errors().contains("Unrecognized VM option 'NoSuchThing"), ended::errors);
  }

  @Test
  void badUsageIsOneLine() throws Exception {
    assertUsageError(verify("--runs", "1"), "--runs: expected at least two runs to compare");
    assertUsageError(verify("--runs", "0"), "--runs: expected a number from 1 to 1000, found 0");
    assertUsageError(
        verify("--java", work.toString()), "--java: expected an executable file, found " + work);
  }

  private static void assertUsageError(Ended ended, String complaint) {
    assertEquals(2, ended.exitCode(), ended::toString);
    assertTrue(ended.errors().startsWith("bdk-sim: " + complaint), ended::errors);
    assertEquals(1, ended.errors().lines().count(), ended::errors);
    assertEquals("", ended.output());
  }
}
