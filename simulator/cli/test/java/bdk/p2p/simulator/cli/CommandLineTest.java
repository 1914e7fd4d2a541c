package bdk.p2p.simulator.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.simulator.oracle.Claim;
import bdk.p2p.simulator.scenario.Catalogue;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code bdk-sim list} and {@code bdk-sim run} print where, and their exit codes. */
class CommandLineTest {
  private static final String TWO_NODES =
      """
      name: small
      description: Two nodes.
      regions: {table: bitcoin-2019}
      nodes:
        - {name: discovery, type: discovery, count: 1, maxPeers: 9}
        - {name: node, type: normal, count: 2, minPeers: 1, maxPeers: 9}
      warmUp: 5s
      duration: 2s
      coolDown: 1s
      workload:
        broadcasts: [{name: transactions, command: 5, bytes: 100, every: 500ms}]
      claims: {deliveredWithin: 1s, duplicatesPerDelivery: 1}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path directory;

  private int execute(String... arguments) {
    CommandLine line = BdkSim.commandLine(arguments);
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private void assertUsageError(String complaint, String... arguments) {
    err.getBuffer().setLength(0);
    assertEquals(2, execute(arguments), err::toString);
    assertTrue(err.toString().contains(complaint), err::toString);
    assertTrue(err.toString().matches("bdk-sim: .*\n"), err::toString);
    assertEquals("", out.toString());
  }

  private Path file(String content) throws Exception {
    return Files.writeString(directory.resolve("small.yaml"), content);
  }

  @Test
  void listShowsEveryScenarioOnLineOfItsOwn() {
    assertEquals(0, execute("list"));
    assertEquals(
        Catalogue.names(),
        out.toString().lines().map(line -> line.substring(0, line.indexOf(' '))).toList());
    assertTrue(
        out.toString().lines().anyMatch(line -> line.matches("two-nodes +3 nodes, 25 s: Two .+")),
        out::toString);
    assertEquals("", err.toString());
  }

  @Test
  void runPrintsItsSummaryAndKeepsProgressOffStandardOutput() {
    assertEquals(0, execute("run", "two-nodes"));
    assertTrue(out.toString().startsWith("scenario      two-nodes, seed 1\n"), out::toString);
    assertTrue(
        out.toString()
            .lines()
            .reduce((one, next) -> next)
            .orElse("")
            .matches("digest: [0-9a-f]{64}"),
        out::toString);
    assertEquals(
        Claim.of(Catalogue.get("two-nodes")).size(),
        out.toString().lines().filter(line -> line.startsWith("held ")).count());
    assertFalse(out.toString().contains(" of 25 s, "), out::toString);
    assertTrue(err.toString().contains("25 of 25 s, "), err::toString);
  }

  @Test
  void runWritesItsReportIntoNewDirectory() throws Exception {
    Path reports = directory.resolve("a/b");
    assertEquals(0, execute("run", file(TWO_NODES).toString(), "--out", reports.toString()));
    assertTrue(
        Files.readString(reports.resolve("report.json")).contains("\"scenario\" : \"small\""));
  }

  @Test
  void fileNeedsNoEnding() throws Exception {
    Path file = Files.writeString(directory.resolve("small"), TWO_NODES);
    assertEquals(0, execute("run", file.toString()), err::toString);
  }

  @Test
  void brokenClaimEndsWithOneAndTheCommandToRunItAgain() throws Exception {
    String tight = TWO_NODES.replace("deliveredWithin: 1s", "deliveredWithin: 1ms");
    String file = file(tight).toString();
    assertEquals(1, execute("run", file, "--seed", "9", "--nodes", "3"), err::toString);
    assertTrue(out.toString().contains("BROKEN  everything-delivered "), out::toString);
    assertTrue(
        err.toString()
            .contains(
                "a claim broke; run it again with: bdk-sim run " + file + " --seed 9 --nodes 3\n"),
        err::toString);
  }

  @Test
  void commandToRunItAgainQuotesWhatTheShellWouldSplit() throws Exception {
    Path file = directory.resolve("it's small.yaml");
    Files.writeString(file, TWO_NODES.replace("deliveredWithin: 1s", "deliveredWithin: 1ms"));
    assertEquals(1, execute("run", file.toString()), err::toString);
    String quoted = "'" + file.toString().replace("'", "'\\''") + "'";
    assertTrue(err.toString().contains("bdk-sim run " + quoted + " --seed 1\n"), err::toString);
  }

  @Test
  void networkOfOneNodeBreaksItsClaimsBecauseNothingCanHappen() throws Exception {
    assertEquals(1, execute("run", file(TWO_NODES.replace("count: 2", "count: 1")).toString()));
    assertTrue(out.toString().contains("BROKEN  everything-delivered     0 of 0"), out::toString);
  }

  @Test
  void networkThatHasNothingToDoHoldsItsClaims() throws Exception {
    String idle = TWO_NODES.replaceAll("workload:\n.*\n", "workload: {}\n");
    assertEquals(0, execute("run", file(idle).toString()), out::toString);
  }

  @Test
  void badScenarioIsOneLine() throws Exception {
    Path file = file(TWO_NODES.replace("count: 2", "count: two"));
    assertUsageError("bdk-sim: " + file + ":6:32: nodes[1].count: expected", "run", "" + file);
  }

  @Test
  void unknownScenarioNamesThoseThereAre() {
    assertUsageError("expected one of two-nodes, ", "run", "hundred-nodes");
  }

  @Test
  void missingFileIsNamed() {
    Path missing = directory.resolve("missing.yaml");
    assertUsageError("bdk-sim: " + missing + ": there is no such file", "run", "" + missing);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "10001", "-5", "0"})
  void numberOfNodesOutOfRangeIsRefused(String count) {
    assertUsageError(
        "--nodes: expected a number from 2 to 10000, found " + count,
        "run",
        "two-nodes",
        "--nodes",
        count);
  }

  @Test
  void fewerNodesThanAreToCrashAreRefused() {
    assertUsageError(
        "partition-and-heal: the fault 'partition' strikes 10 nodes, of which there are 4",
        "run",
        "partition-and-heal",
        "--nodes",
        "4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--seed=x",
        "--seed=99999999999999999999",
        "--seed=two\nlines",
        "--nodes=x",
        "--backend=real",
        "--what"
      })
  void badOptionIsNamed(String option) {
    assertUsageError(option.replaceAll("=[\\s\\S]*", ""), "run", "two-nodes", option);
    assertTrue(err.toString().endsWith(" (bdk-sim run --help)\n"), err::toString);
  }

  @Test
  void unknownCommandAndNoCommandAreRefused() {
    assertUsageError("'frob' (bdk-sim --help)", "frob");
    assertUsageError("Missing required subcommand (bdk-sim --help)");
  }

  @Test
  void runWithoutScenarioIsRefused() {
    assertUsageError("NAME|FILE", "run");
  }

  @Test
  void wordTooManyIsRefused() {
    assertUsageError("'again'", "run", "two-nodes", "again");
  }

  @Test
  void fileInPlaceOfTheReportDirectoryIsRefusedBeforeTheRun() throws Exception {
    Path file = file(TWO_NODES);
    assertUsageError("--out: ", "run", "two-nodes", "--out", file.toString());
    assertUsageError(
        "--out: cannot make the directory "
            + file.resolve("a/b")
            + ": expected a directory that can be written, found "
            + file,
        "run",
        "two-nodes",
        "--out",
        file.resolve("a/b").toString());
  }

  @Test
  void scenarioThatCannotBeRunLeavesNoReportDirectory() {
    Path reports = directory.resolve("a/b");
    assertUsageError(
        "containers", "run", "two-nodes", "--backend", "containers", "--out", "" + reports);
    assertFalse(Files.exists(directory.resolve("a")));
  }

  @Test
  void reportThatCannotBeWrittenEndsWithTwo() throws Exception {
    Files.createDirectory(directory.resolve("report.json"));
    assertEquals(2, execute("run", file(TWO_NODES).toString(), "--out", directory.toString()));
    assertTrue(err.toString().contains("--out: cannot write into " + directory), err::toString);
  }

  @Test
  void helpAndVersionEndWithZero() {
    assertEquals(0, execute("--help"));
    assertEquals(0, execute("run", "--help"));
    assertEquals(0, execute("--version"));
    assertTrue(out.toString().contains("a claim broke"), out::toString);
    assertEquals("", err.toString());
  }

  @Test
  void nodeSaysWhatIsWrongWithItsTls() throws Exception {
    String[] node = {"node", "--listen", "127.0.0.1:0"};
    assertUsageError(
        "options --tls-... take --tls NETWORK", with(node, "--tls-trust", "authority.pem"));
    assertUsageError("--tls takes --tls-key FILE", with(node, "--tls", "main"));
    assertUsageError(
        "a PKCS12 file takes --tls-password-file FILE",
        with(node, "--tls", "main", "--tls-key", "node.p12"));
    Path password = Files.writeString(directory.resolve("password"), "secret\n");
    Path missing = directory.resolve("node.p12");
    assertUsageError(
        "--tls: " + missing + ": there is no such file",
        with(
            node,
            "--tls",
            "main",
            "--tls-key",
            "" + missing,
            "--tls-password-file",
            "" + password));
  }

  private static String[] with(String[] first, String... more) {
    return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void nameThatIsNoPathAtAllIsRefused() {
    assertUsageError("a\0b.yaml: expected a scenario or a file", "run", "a\0b.yaml");
  }

  @Test
  void exportDoesNotReplaceWhatItReads() throws Exception {
    Path own = Files.writeString(directory.resolve("scenario.yaml"), TWO_NODES);
    assertUsageError(
        "--out: expected another directory, " + own + " is what is read",
        "export",
        own.toString(),
        "--as",
        "compose",
        "--out",
        directory.toString());
    assertEquals(TWO_NODES, Files.readString(own));
    assertFalse(Files.exists(directory.resolve("compose.yaml")));
  }

  @Test
  void attachLooksAtItsOptionsBeforeItLooksForNodes() throws Exception {
    String scenario = file(TWO_NODES).toString();
    String expected = "--first-port: expected a number from 1 to 65533 for 3 nodes, found ";
    assertUsageError(expected + 65534, "attach", scenario, "--first-port", "65534");
    assertUsageError(expected + 0, "attach", scenario, "--first-port", "0");
    assertUsageError(
        "--out: expected a directory that can be written, found " + scenario,
        "attach",
        scenario,
        "--out",
        scenario);
  }
}
