package bdk.p2p.simulator.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code bdk-sim soak} and {@code bdk-sim replay} say of their arguments. */
class SoakCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path directory;

  private int execute(String... arguments) {
    CommandLine line = BdkSim.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private void assertOneLine(String complaint, String... arguments) {
    assertEquals(2, execute(arguments), err::toString);
    assertTrue(err.toString().startsWith("bdk-sim: " + complaint), err::toString);
    assertEquals(1, err.toString().lines().count(), err::toString);
    assertEquals("", out.toString());
  }

  @Test
  void soakThatFindsNothingLeavesNothing() {
    Path folder = directory.resolve("out");
    assertEquals(
        0,
        execute("soak", "--minutes", "1", "--runs", "1", "--max-nodes", "3", "--out", "" + folder));
    assertTrue(out.toString().matches("1 runs, .* virtual, .* real, no claim broke\\R"));
    assertFalse(Files.exists(folder));
  }

  @Test
  void knobsOutOfTheirBoundsAreRefused() {
    assertOneLine("--minutes: expected above 0 to 100000, found 0.0", "soak", "--minutes", "0");
  }

  @Test
  void tooFewNodesAreRefused() {
    assertOneLine(
        "--max-nodes: expected a number from 3 to 1000, found 2",
        "soak",
        "--minutes",
        "1",
        "--max-nodes",
        "2");
  }

  @Test
  void fileInPlaceOfTheFolderIsRefused() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertOneLine("--out: expected a directory", "soak", "--minutes", "1", "--out", "" + file);
  }

  @Test
  void folderThatCannotBeMadeIsRefusedBeforeTheSearch() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    Path folder = file.resolve("missing/out");
    assertOneLine(
        "--out: cannot make the directory "
            + folder
            + ": expected a directory that can be written, found "
            + file,
        "soak",
        "--minutes",
        "1",
        "--runs",
        "1",
        "--max-nodes",
        "3",
        "--out",
        "" + folder);
  }

  @Test
  void optionThatIsMissingOrNoNumberIsNamed() {
    assertOneLine("Missing required option: '--minutes=M' (bdk-sim soak --help)", "soak");
    err.getBuffer().setLength(0);
    assertOneLine("Invalid value for option '--minutes'", "soak", "--minutes", "ten");
  }

  @Test
  void missingCapsuleIsNamed() {
    Path missing = directory.resolve("missing");
    assertOneLine(missing + ": there is no such file", "replay", "" + missing);
  }

  @Test
  void garbageIsRefusedWithItsPlace() throws Exception {
    Path garbage = Files.writeString(directory.resolve("garbage"), "what: [is, this]\n");
    assertOneLine(garbage + ":1:1: expected a field 'capsule'", "replay", "" + garbage);
  }

  @Test
  void otherVersionOfTheFormatIsRefused() throws Exception {
    Path other = Files.writeString(directory.resolve("other"), "capsule: 2\nwhatever: new\n");
    assertOneLine(
        other + ":1:1: capsule: expected version 1 of the format, found 2", "replay", "" + other);
  }
}
