package bdk.p2p.simulator.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.manager.ManagerBuilder;
import bdk.p2p.simulator.capsule.CapsuleFolder;
import bdk.p2p.simulator.capsule.Case;
import bdk.p2p.simulator.capsule.RealTrial;
import bdk.p2p.simulator.run.NodeHook;
import bdk.p2p.simulator.run.SimulatedNode;
import bdk.p2p.simulator.scenario.CapsuleFile;
import bdk.p2p.simulator.scenario.Catalogue;
import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.scenario.ScenarioFile;
import bdk.p2p.simulator.scenario.ScenarioWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code bdk-sim soak} keeps of a claim that broke, and what {@code bdk-sim replay} says. */
class KeptCapsuleTest {
  /** A bug: no node lets anybody in. */
  private static final NodeHook LETS_NOBODY_IN =
      new NodeHook() {
        @Override
        public void build(SimulatedNode node, ManagerBuilder builder) {
          builder.admission(candidate -> Optional.of("a bug"));
        }
      };

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path directory;

  private int execute(CommandLine line, String... arguments) {
    out.getBuffer().setLength(0);
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private int soakWithBug() {
    return execute(
        new CommandLine(new SoakCommand(LETS_NOBODY_IN)),
        "--minutes=1",
        "--max-nodes=4",
        "--out=" + directory);
  }

  private int replay(Path capsule) {
    return execute(BdkSim.commandLine(), "replay", capsule.toString());
  }

  @Test
  void soakKeepsTheSmallestRunThatBreaksTheClaim() throws Exception {
    assertEquals(1, soakWithBug(), err::toString);
    Path folder = directory.resolve("seed-1");
    List<String> lines = out.toString().lines().toList();
    assertEquals(6, lines.size(), out::toString);
    String size = "\\d+ nodes, \\d+ faults, \\d+\\.\\d s, \\d+ broadcasts";
    assertTrue(
        lines.get(0).matches("1 runs, .* s virtual, .* s real, a claim broke"), lines.get(0));
    assertTrue(lines.get(1).matches("seed 1: .*discovery-converges.*"), lines.get(1));
    assertTrue(lines.get(2).matches("before: " + size), lines.get(2));
    assertTrue(
        lines.get(3).matches("after:  3 nodes, 0 faults.*; \\d+ tries, nothing left to leave out"),
        lines.get(3));
    Path capsule = folder.resolve("capsule.yaml");
    assertEquals("run it again with: bdk-sim replay " + capsule, lines.get(4));
    Path test = folder.resolve("ReplayTest.java");
    assertEquals("a test that fails until it is fixed: " + test, lines.get(5));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(Set.of(capsule, test), files.collect(Collectors.toSet()));
    }
    assertEquals("discovery-converges", CapsuleFile.read(capsule).breach().claim());
    assertTrue(Files.readString(test).contains("broke discovery-converges with seed 1."));
  }

  @Test
  void replayWithoutTheBugSaysThatTheClaimHoldsNow() {
    assertEquals(1, soakWithBug(), err::toString);
    assertEquals(0, replay(directory.resolve("seed-1/capsule.yaml")), err::toString);
    assertTrue(out.toString().contains("\nnow:      no claim breaks\nthe claim holds now\n"));
    assertTrue(out.toString().contains("the digest differs from the recorded"), out::toString);
    assertEquals("", err.toString());
  }

  @Test
  void replayOfClaimThatStillBreaksEndsWithOne() throws Exception {
    Case impossible = Case.drawn(deliveredAtOnce(), 7);
    Path capsule =
        CapsuleFolder.write(
            CapsuleFolder.capsule("test", impossible, new RealTrial(NodeHook.NONE).run(impossible)),
            directory);
    assertEquals(1, replay(capsule), err::toString);
    assertTrue(out.toString().contains("\nthe claim breaks as recorded\ndigest: "), out::toString);
    assertEquals("", err.toString());
  }

  /** A claim that no network keeps. */
  private static Scenario deliveredAtOnce() {
    String text = ScenarioWriter.write(Catalogue.get("two-nodes"));
    return ScenarioFile.parse(
        "impossible",
        text.replace("duplicatesPerDelivery:", "deliveredWithin: 1ms\n  duplicatesPerDelivery:"));
  }
}
