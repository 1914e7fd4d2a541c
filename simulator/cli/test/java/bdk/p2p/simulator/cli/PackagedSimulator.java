package bdk.p2p.simulator.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs {@code bdk-sim} in JVMs of their own, from the packaged modules, as the launcher does. */
final class PackagedSimulator {
  private static final int LIMIT_SECONDS = 120;

  /** How a process ended, and what it wrote. */
  record Ended(int exitCode, String output, String errors) {}

  /** A process on its way; its output waits in files, so that it never blocks. */
  record Running(Process process, Path output, Path errors) {
    /** Waits for the end. */
    Ended end() throws Exception {
      boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly();
      assertTrue(ended, () -> "not over after " + LIMIT_SECONDS + " s: " + read(errors));
      return new Ended(process.exitValue(), read(output), read(errors));
    }
  }

  private PackagedSimulator() {}

  /** The command for these arguments. */
  static List<String> command(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "--enable-native-access=io.netty.common,io.netty.transport.unix.common",
                "--module-path",
                Path.of("target/modules").toAbsolutePath().toString(),
                "--add-modules",
                "ALL-MODULE-PATH",
                "--module",
                "bdk.p2p.simulator.cli/bdk.p2p.simulator.cli.BdkSim"));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Starts it with a closed input. */
  static Running start(Path directory, String... arguments) throws IOException {
    Path output = Files.createTempFile(directory, "output", ".txt");
    Path errors = Files.createTempFile(directory, "errors", ".txt");
    Process process =
        new ProcessBuilder(command(arguments))
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    process.getOutputStream().close();
    return new Running(process, output, errors);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
