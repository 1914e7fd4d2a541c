package bdk.p2p.simulator.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code bdk-sim compare} prints where, and its exit codes. */
class CompareCommandTest {
  @TempDir static Path directory;
  private static Path report;
  private static Path slower;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void run() throws Exception {
    Path reports = directory.resolve("a");
    CommandLine line = BdkSim.commandLine();
    line.setOut(new PrintWriter(new StringWriter())).setErr(new PrintWriter(new StringWriter()));
    assertEquals(0, line.execute("run", "two-nodes", "--out", reports.toString()));
    report = reports.resolve("report.json");
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode content = (ObjectNode) mapper.readTree(report.toFile());
    ObjectNode stream = (ObjectNode) content.get("propagation").get(0);
    stream.put("p50Millis", 2 * stream.get("p50Millis").asDouble());
    slower = directory.resolve("slower.json");
    mapper.writeValue(slower.toFile(), content);
  }

  private int execute(Object... arguments) {
    String[] words = new String[arguments.length];
    for (int index = 0; index < words.length; index++) {
      words[index] = arguments[index].toString();
    }
    CommandLine line = BdkSim.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(words);
  }

  @Test
  void differencesAreShownAndAreNoFailure() {
    assertEquals(0, execute("compare", report.getParent(), slower), err::toString);
    assertTrue(out.toString().contains("transactions p50 ms"), out::toString);
    assertTrue(out.toString().contains("+100.0 %"), out::toString);
    assertEquals("", err.toString());
  }

  @Test
  void thresholdMakesItGateThatNamesWhatIsWorse() {
    assertEquals(1, execute("compare", report, slower, "--threshold", "20"));
    assertTrue(
        err.toString()
            .matches("worse by more than 20 %: transactions p50 ms: .*\\(\\+100.0 %\\)\n"),
        err::toString);
    assertTrue(out.toString().contains("claims broken"), out::toString);
  }

  @Test
  void whatIsWithinTheThresholdOrBetterPasses() {
    assertEquals(0, execute("compare", report, slower, "--threshold", "100"), err::toString);
    assertEquals(0, execute("compare", slower, report, "--threshold", "0"), err::toString);
    assertEquals(0, execute("compare", report, report, "--threshold", "0"), err::toString);
  }

  @Test
  void fileThatIsNoReportIsOneLine() throws Exception {
    Path other = Files.writeString(directory.resolve("other.json"), "{\"version\": 99}");
    assertEquals(2, execute("compare", report, other));
    assertEquals(
        "bdk-sim: " + other + ": a report of version 99, expected version 1\n", err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void missingFileIsOneLine() {
    Path missing = directory.resolve("missing");
    assertEquals(2, execute("compare", missing, report));
    assertEquals("bdk-sim: " + missing + ": there is no such file\n", err.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "x", "NaN", "Infinity"})
  void badThresholdIsRefused(String threshold) {
    assertEquals(2, execute("compare", report, report, "--threshold=" + threshold));
    assertTrue(err.toString().matches("bdk-sim: .*--threshold.*\n"), err::toString);
    assertEquals("", out.toString());
  }

  @Test
  void secondReportIsWanted() {
    assertEquals(2, execute("compare", report));
    assertEquals(
        "bdk-sim: Missing required parameter: 'B' (bdk-sim compare --help)\n", err.toString());
  }

  @Test
  void helpSaysWhatIsNoise() {
    assertEquals(0, execute("compare", "--help"));
    String words = out.toString().replaceAll("\\s+", " ");
    assertTrue(words.contains("5 ms of propagation, 0.05 duplicates a delivery, 10,000"), words);
  }
}
