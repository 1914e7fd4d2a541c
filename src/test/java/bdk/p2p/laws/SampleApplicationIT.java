package bdk.p2p.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sample application is compiled and run from outside, against the packaged modules, as a
 * stranger would do it.
 */
class SampleApplicationIT {
  private static final Path SOURCES = Path.of("it/sample").toAbsolutePath();
  private static final String MODULE_PATH =
      Path.of(System.getProperty("core.jar")).toAbsolutePath()
          + System.getProperty("path.separator")
          + Path.of("target/modules").toAbsolutePath();
  private static final String EXPECTED = "won after 3 guesses\ndone\n";

  @TempDir static Path work;

  @BeforeAll
  static void compile() throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(tool("javac"), "-Xlint:all", "-Werror", "--module-path", MODULE_PATH, "-d"));
    command.add(work.resolve("classes").toString());
    try (Stream<Path> files = Files.walk(SOURCES)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(file -> command.add(file.toString()));
    }
    run(command);
  }

  @Test
  void runsOnTheModulePath() throws Exception {
    String path = work.resolve("classes") + System.getProperty("path.separator") + MODULE_PATH;
    assertEquals(
        EXPECTED,
        run(
            List.of(
                tool("java"),
                "--module-path",
                path,
                "--add-modules",
                "ALL-MODULE-PATH",
                "--enable-native-access=io.netty.common",
                "--module",
                "sample/sample.GuessingGame")));
  }

  @Test
  void runsAsAnImageOfItsOwn() throws Exception {
    Path image = work.resolve("image");
    String path = work.resolve("classes") + System.getProperty("path.separator") + MODULE_PATH;
    List<String> link =
        new ArrayList<>(
            List.of(
                tool("jlink"),
                "--module-path",
                path,
                "--add-modules",
                "sample" + natives(),
                "--launcher",
                "guess=sample/sample.GuessingGame",
                "--output",
                image.toString()));
    run(link);
    assertEquals(EXPECTED, run(List.of(image.resolve("bin/guess").toString())));
  }

  /** The module of the native epoll library, where this platform has one. */
  private static String natives() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target/modules"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("netty-transport-native-epoll"))
          .map(name -> name.contains("aarch_64") ? "aarch_64" : "x86_64")
          .map(arch -> ",io.netty.transport.epoll.linux." + arch)
          .findFirst()
          .orElse("");
    }
  }

  private static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /** Runs a command to its end and returns its output; fails with it if the command fails. */
  private static String run(List<String> command) throws Exception {
    Path errors = Files.createTempFile(work, "stderr", ".txt");
    Process process =
        new ProcessBuilder(command).redirectError(errors.toFile()).directory(work.toFile()).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    boolean ended = process.waitFor(120, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertEquals(0, ended ? process.exitValue() : -1, () -> command + "\n" + output + read(errors));
    return output;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException cause) {
      return cause.toString();
    }
  }
}
