package bdk.p2p.simulator.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import bdk.p2p.simulator.cli.PackagedSimulator.Ended;
import bdk.p2p.simulator.cli.PackagedSimulator.Running;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A seed is all that a run depends on: fresh JVMs that share nothing else agree to the bit. */
class SeedDeterminismIT {
  private static final String NODES = "12";

  @TempDir static Path work;
  private static Ended one;
  private static Ended again;
  private static Ended other;

  @BeforeAll
  static void run() throws Exception {
    Running first = start("7", "one");
    Running second = start("7", "again");
    one = first.end();
    again = second.end();
    other = start("8", "other").end();
  }

  private static Running start(String seed, String out) throws Exception {
    return PackagedSimulator.start(
        work,
        "run",
        "fifty-nodes",
        "--nodes",
        NODES,
        "--seed",
        seed,
        "--out",
        work.resolve(out).toString());
  }

  @Test
  void everyClaimHoldsInEachRun() {
    assertEquals(0, one.exitCode(), one::output);
    assertEquals(0, again.exitCode(), again::output);
    assertEquals(0, other.exitCode(), other::output);
  }

  @Test
  void sameSeedGivesTheSameDigestInAnotherJvm() {
    assertEquals(digest(one), digest(again));
  }

  @Test
  void sameSeedGivesTheSameReportInAnotherJvm() throws Exception {
    assertEquals(report("one"), report("again"));
  }

  @Test
  void anotherSeedGivesAnotherRun() throws Exception {
    assertNotEquals(digest(one), digest(other));
    assertNotEquals(report("one").get("broadcasts"), report("other").get("broadcasts"));
  }

  @Test
  void digestOfTheSummaryIsThatOfTheReport() throws Exception {
    assertEquals(digest(one), "digest: " + report("one").get("digest").asText());
  }

  private static String digest(Ended run) {
    return run.output()
        .lines()
        .filter(line -> line.startsWith("digest: "))
        .findFirst()
        .orElseThrow();
  }

  /** Without the only part that may differ. */
  private static JsonNode report(String out) throws Exception {
    ObjectNode report =
        (ObjectNode) new ObjectMapper().readTree(work.resolve(out).resolve("report.json").toFile());
    report.remove("wallMillis");
    return report;
  }
}
