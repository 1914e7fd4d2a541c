package bdk.p2p.simulator.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A test that somebody else has written on the simulator is compiled, run and linked from outside,
 * with the packaged modules and nothing else.
 */
class StrangersTestIT {
  private static final Path SOURCES = Path.of("it/stranger").toAbsolutePath();
  private static final Path MODULES = Path.of("target/modules").toAbsolutePath();
  private static final String MAIN = "stranger.OwnTest";
  private static final String EXPECTED =
      """
      slow, heard by 7, bitten
      slow, heard by 7, bitten
      the same seed, the same run
      two-nodes: held
      """;

  @TempDir static Path work;

  private static Path modular;
  private static Path plain;

  @BeforeAll
  static void compile() throws Exception {
    modular = work.resolve("modular");
    plain = work.resolve("plain");
    run(javac(modular, "--module-path", MODULES.toString(), sources(file -> true)));
    run(javac(plain, "--class-path", jars(), sources(file -> !file.endsWith("module-info.java"))));
  }

  private static List<String> javac(Path out, String kind, String path, List<String> sources) {
    List<String> command =
        new ArrayList<>(
            List.of(tool("javac"), "-Xlint:all", "-Werror", kind, path, "-d", out.toString()));
    command.addAll(sources);
    return command;
  }

  private static List<String> sources(Predicate<Path> which) throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(which)
          .map(Path::toString)
          .toList();
    }
  }

  private static String jars() throws IOException {
    try (Stream<Path> files = Files.list(MODULES)) {
      return files
          .map(Path::toString)
          .filter(file -> file.endsWith(".jar"))
          .sorted()
          .collect(Collectors.joining(File.pathSeparator));
    }
  }

  @Test
  void runsOnTheModulePath() throws Exception {
    String path = modular + File.pathSeparator + MODULES;
    assertEquals(
        EXPECTED, run(List.of(tool("java"), "--module-path", path, "-m", "stranger/" + MAIN)));
  }

  @Test
  void runsOnTheClassPath() throws Exception {
    String path = plain + File.pathSeparator + jars();
    assertEquals(EXPECTED, run(List.of(tool("java"), "--class-path", path, MAIN)));
  }

  @Test
  void runsAsAnImageOfItsOwn() throws Exception {
    Path image = work.resolve("image");
    run(
        List.of(
            tool("jlink"),
            "--module-path",
            modular + File.pathSeparator + MODULES,
            "--add-modules",
            "stranger",
            "--launcher",
            "own-test=stranger/" + MAIN,
            "--output",
            image.toString()));
    assertEquals(EXPECTED, run(List.of(image.resolve("bin/own-test").toString())));
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
    String told = Files.readString(errors);
    assertEquals(0, ended ? process.exitValue() : -1, () -> command + "\n" + output + told);
    return output;
  }
}
