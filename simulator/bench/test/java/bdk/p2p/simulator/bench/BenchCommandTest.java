package bdk.p2p.simulator.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bdk.p2p.simulator.cli.UsageException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchCommandTest {
  private static String complaint(String... arguments) {
    BenchCommand command = new BenchCommand();
    new CommandLine(command).parseArgs(arguments);
    return assertThrows(UsageException.class, command::call).getMessage();
  }

  @Test
  void badUsageIsFoundBeforeAnythingIsMeasured(@TempDir Path directory) {
    assertEquals(
        "there is no case 'request'; there are "
            + BenchCase.names().collect(Collectors.joining(", ")),
        complaint("request"));
    assertEquals("--rounds: expected 1 to 1000, found 0", complaint("--rounds", "0"));
    assertEquals("--window: expected 10 to 60000, found 9", complaint("--window", "9"));
    assertEquals("--warm-up: expected 10 to 60000, found 60001", complaint("--warm-up", "60001"));
    assertEquals(
        "--out: cannot write %1$s: java.nio.file.FileSystemException: %1$s: Is a directory"
            .formatted(directory),
        complaint("--out", directory.toString()));
  }
}
