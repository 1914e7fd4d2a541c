package bdk.p2p.simulator.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code bdk-sim run --backend} makes of a scenario. */
class BackendOptionTest {
  private static final String FILE =
      """
      name: small
      description: Two nodes.
      backend: BACKEND
      regions: {table: bitcoin-2019}
      nodes:
        - {name: discovery, type: discovery, count: 1, maxPeers: 9}
        - name: node
          type: normal
          count: 2
          minPeers: 1
          maxPeers: 9
          options: {discoveryInterval: 100ms}
      warmUp: 2s
      duration: 500ms
      coolDown: 500ms
      workload:
        broadcasts: [{name: transactions, command: 5, bytes: 100, every: 100ms}]
      claims: {deliveredWithin: 1ms, duplicatesPerDelivery: 1}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path directory;

  /** The claim about delivery always breaks, so that the command to run it again is printed. */
  private void assertRuns(String expected, String inFile, String... options) throws Exception {
    Path file = Files.writeString(directory.resolve("small.yaml"), FILE.replace("BACKEND", inFile));
    String[] arguments = new String[options.length + 2];
    arguments[0] = "run";
    arguments[1] = file.toString();
    System.arraycopy(options, 0, arguments, 2, options.length);
    assertEquals(1, execute(arguments), err::toString);
    assertTrue(out.toString().contains("backend       " + expected + "\n"), out::toString);
    assertEquals(expected.equals("virtual"), out.toString().contains("digest: "), out::toString);
  }

  private int execute(String... arguments) {
    CommandLine line = BdkSim.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  @Test
  void scenarioSaysWhereItRuns() throws Exception {
    assertRuns("virtual", "virtual");
    assertTrue(err.toString().endsWith("small.yaml --seed 1\n"), err::toString);
  }

  @Test
  void scenarioMaySayLoopback() throws Exception {
    assertRuns("loopback", "loopback");
    assertTrue(err.toString().endsWith("small.yaml --seed 1\n"), err::toString);
  }

  @Test
  void optionHasTheLastWord() throws Exception {
    assertRuns("virtual", "loopback", "--backend", "Virtual");
    assertTrue(err.toString().endsWith("--seed 1 --backend virtual\n"), err::toString);
  }

  @Test
  void optionMaySayLoopback() throws Exception {
    assertRuns("loopback", "virtual", "--backend", "loopback");
    assertTrue(err.toString().endsWith("--seed 1 --backend loopback\n"), err::toString);
  }

  @Test
  void unknownBackendIsRefused() {
    assertEquals(2, execute("run", "two-nodes", "--backend", "real"));
    assertTrue(err.toString().matches("bdk-sim: .*--backend.*'real'.*\n"), err::toString);
    assertEquals("", out.toString());
  }
}
