package bdk.p2p.simulator.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.simulator.capsule.CapsuleFolder;
import bdk.p2p.simulator.capsule.Case;
import bdk.p2p.simulator.capsule.RealTrial;
import bdk.p2p.simulator.run.NodeHook;
import bdk.p2p.simulator.scenario.Catalogue;
import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.scenario.ScenarioFile;
import bdk.p2p.simulator.scenario.ScenarioWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The test beside a capsule finds it wherever it is run, and fails as long as its claim breaks. */
class GeneratedTestIT {
  @TempDir Path directory;

  @TempDir Path work;

  /** As {@code bdk-sim soak} does when nobody says where: the path is relative. */
  private Path written() throws Exception {
    Path folder = Path.of("").toAbsolutePath().relativize(directory.resolve("soak/seed-7"));
    assertFalse(folder.isAbsolute());
    Case impossible = Case.drawn(deliveredAtOnce(), 7);
    return CapsuleFolder.write(
        CapsuleFolder.capsule("test", impossible, new RealTrial(NodeHook.NONE).run(impossible)),
        folder);
  }

  /** A claim that no network keeps. */
  private static Scenario deliveredAtOnce() {
    String text = ScenarioWriter.write(Catalogue.get("two-nodes"));
    return ScenarioFile.parse(
        "impossible",
        text.replace("duplicatesPerDelivery:", "deliveredWithin: 1ms\n  duplicatesPerDelivery:"));
  }

  private static void assertBroken(GeneratedTest.Ended ended) {
    assertEquals(1, ended.exitCode(), ended::said);
    assertTrue(ended.said().contains("AssertionFailedError: recorded: "), ended::said);
    assertTrue(ended.said().contains("the claim breaks as recorded"), ended::said);
  }

  @Test
  void itFindsItsCapsuleWhereItWasWritten() throws Exception {
    assertBroken(GeneratedTest.compiled(written().getParent(), work).run());
  }

  @Test
  void itTakesTheCapsuleBesideItsClassIfThereIsOne() throws Exception {
    Path capsule = written();
    GeneratedTest test = GeneratedTest.compiled(capsule.getParent(), work);
    Files.move(capsule, test.classes().resolve("capsule.yaml"));
    assertBroken(test.run());
  }
}
