package bdk.p2p.simulator.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bdk.p2p.simulator.capsule.CapsuleFolder;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The test that is left beside a capsule, in a JVM of its own, with everything on the class path.
 *
 * @param classes where it was compiled to; its resources go there
 */
record GeneratedTest(Path classes) {
  private static final String MAIN =
      """
      class Main {
        public static void main(String[] none) throws Exception {
          new ReplayTest().noClaimBreaksAnyMore();
        }
      }
      """;

  /** How it ended: with 0 if it passed. */
  record Ended(int exitCode, String said) {}

  /**
   * Compiles it.
   *
   * @param folder of the capsule
   * @param work a folder for its classes
   */
  static GeneratedTest compiled(Path folder, Path work) throws Exception {
    Path main = Files.writeString(work.resolve("Main.java"), MAIN);
    Path classes = work.resolve("classes");
    List<String> javac =
        List.of(
            tool("javac"),
            "-Xlint:all",
            "-Werror",
            "-proc:none",
            "-d",
            classes.toString(),
            "-cp",
            path(),
            folder.resolve(CapsuleFolder.TEST).toString(),
            main.toString());
    Ended ended = end(new ProcessBuilder(javac));
    assertEquals(0, ended.exitCode(), ended::said);
    return new GeneratedTest(classes);
  }

  /** Runs it in the folder of its classes. */
  Ended run() throws Exception {
    String path = classes + File.pathSeparator + path();
    return end(new ProcessBuilder(tool("java"), "-cp", path, "Main").directory(classes.toFile()));
  }

  private static Ended end(ProcessBuilder command) throws Exception {
    Process process = command.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), said);
  }

  private static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  private static String path() {
    return System.getProperty("java.class.path")
        + File.pathSeparator
        + System.getProperty("jdk.module.path", "");
  }
}
