package bdk.p2p.simulator.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher, in a project with spaces in its path whose build and whose java are scripts: each
 * build leaves a line in a file, java shows its arguments.
 */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private record Ended(int exitCode, String output, String errors) {}

  @TempDir Path work;
  private Path project;
  private Path launcher;
  private Path builds;

  @BeforeEach
  void makeProject() throws IOException {
    project = work.resolve("my project");
    launcher = project.resolve("simulator/bdk-sim");
    builds = work.resolve("builds");
    Files.createDirectories(project.resolve("src/main"));
    Files.createDirectories(project.resolve("simulator/cli/main"));
    for (String pom :
        List.of("pom.xml", "src/pom.xml", "simulator/pom.xml", "simulator/cli/pom.xml")) {
      Files.writeString(project.resolve(pom), "");
    }
    Files.copy(Path.of("../bdk-sim"), launcher);
    script(project.resolve("mvnw"), "echo noise; echo built >>'" + builds + "'");
    script(work.resolve("jdk/bin/java"), "for word; do last=$word; done; echo java \"$last\"");
  }

  private static void script(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + content + "\n");
    assertTrue(file.toFile().setExecutable(true));
  }

  private Process start(Map<String, String> environment, String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(project.toFile());
    builder.environment().put("JAVA_HOME", work.resolve("jdk").toString());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static Ended end(Process process) throws Exception {
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes());
    String errors = new String(process.getErrorStream().readAllBytes());
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    return new Ended(process.exitValue(), output, errors);
  }

  private Ended run() throws Exception {
    return end(start(Map.of(), "sh", launcher.toString(), "two words"));
  }

  private void assertRan(Ended ended) {
    assertEquals(0, ended.exitCode(), ended::errors);
    assertEquals("java two words\n", ended.output());
    assertFalse(Files.exists(project.resolve("simulator/.build-lock")));
  }

  private long builds() throws IOException {
    return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
  }

  @Test
  void firstRunBuildsAndTheNextDoesNot() throws Exception {
    Ended first = run();
    assertRan(first);
    assertTrue(first.errors().contains("building") && first.errors().contains("noise"));
    Ended second = run();
    assertRan(second);
    assertEquals("", second.errors());
    assertEquals(1, builds());
  }

  @Test
  void newerSourceIsBuilt() throws Exception {
    assertRan(run());
    Path source = Files.writeString(project.resolve("src/main/New.java"), "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
    assertRan(run());
    assertEquals(2, builds());
  }

  @Test
  void archiveThatIsOlderThanTheClassesIsMadeAnew() throws Exception {
    assertRan(run());
    Path archive = archive();
    FileTime longAgo = FileTime.from(Instant.now().minusSeconds(3_600));
    Files.setLastModifiedTime(archive, longAgo);
    assertRan(run());
    assertEquals(longAgo, Files.getLastModifiedTime(archive()), "made anew for nothing");
    Files.writeString(archive.resolveSibling("some.jar"), "");
    assertRan(run());
    assertTrue(Files.getLastModifiedTime(archive()).compareTo(longAgo) > 0);
    assertEquals(1, builds());
  }

  @Test
  void javaIsAskedForItsVersionOnceAndAgainWhenItIsAnother() throws Exception {
    Path asked = work.resolve("asked");
    script(
        work.resolve("jdk/bin/java"),
        "for word; do last=$word; done; [ \"$last\" != -version ] || echo asked >>'"
            + asked
            + "'; echo java \"$last\"");
    Path release = Files.writeString(work.resolve("jdk/release"), "JAVA_VERSION=\"17\"\n");
    assertRan(run()); // asks before the build, which leaves nothing of it
    assertRan(run());
    assertRan(run());
    assertEquals(2, Files.readAllLines(asked).size());
    Files.writeString(release, "JAVA_VERSION=\"18\"\n");
    assertRan(run());
    assertRan(run());
    assertEquals(3, Files.readAllLines(asked).size());
  }

  private Path archive() throws IOException {
    try (Stream<Path> files = Files.list(project.resolve("simulator/cli/target/modules"))) {
      return files.filter(file -> file.toString().endsWith(".jsa")).findAny().orElseThrow();
    }
  }

  @Test
  void failedBuildEndsWithTwoAndIsTriedAgain() throws Exception {
    script(project.resolve("mvnw"), "echo noise; exit 1");
    for (int repetition = 0; repetition < 2; repetition++) {
      Ended failed = run();
      assertEquals(2, failed.exitCode());
      assertEquals("", failed.output());
      assertTrue(failed.errors().contains("noise\nbdk-sim: the build failed"), failed::errors);
      assertFalse(Files.exists(project.resolve("simulator/.build-lock")));
    }
  }

  @Test
  void secondOneWaitsForTheBuildOfTheFirst() throws Exception {
    Path go = work.resolve("go");
    script(
        project.resolve("mvnw"),
        "until [ -e '" + go + "' ]; do sleep 0.1; done; echo built >>'" + builds + "'");
    Process first = start(Map.of(), "sh", launcher.toString(), "two words");
    assertTrue(first.errorReader().readLine().contains("building"));
    Process second = start(Map.of(), "sh", launcher.toString(), "two words");
    assertEquals("bdk-sim: waiting for another build", second.errorReader().readLine());
    Files.createFile(go);
    assertRan(end(first));
    assertRan(end(second));
    assertEquals(1, builds());
  }

  @Test
  void lockOfProcessThatIsGoneIsTakenOver() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Path lock = Files.createDirectory(project.resolve("simulator/.build-lock"));
    Files.writeString(lock.resolve("pid"), gone.pid() + "\n");
    assertRan(run());
  }

  @Test
  void signalDuringTheBuildLeavesNoLock() throws Exception {
    Path go = work.resolve("go");
    script(
        project.resolve("mvnw"),
        "echo started >&2; until [ -e '%s' ]; do sleep 0.1; done".formatted(go));
    Process process = start(Map.of(), "sh", launcher.toString());
    assertTrue(process.errorReader().readLine().contains("building"));
    assertEquals("started", process.errorReader().readLine());
    process.destroy();
    // The shell looks at the signal when what it has started is over.
    Files.createFile(go);
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertEquals(143, process.exitValue());
    assertFalse(Files.exists(project.resolve("simulator/.build-lock")));
  }

  @Test
  void linksToTheLauncherAreFollowed() throws Exception {
    Path near =
        Files.createSymbolicLink(work.resolve("near"), Path.of("my project/simulator/bdk-sim"));
    Path far = Files.createSymbolicLink(work.resolve("far"), near);
    assertRan(end(start(Map.of(), "sh", far.toString(), "two words")));
  }

  @Test
  void searchPathOfCdDoesNotLeadItAstray() throws Exception {
    assertRan(end(start(Map.of("CDPATH", ".:/tmp"), "sh", "simulator/bdk-sim", "two words")));
  }

  @Test
  void javaHomeWithoutJavaIsNamed() throws Exception {
    Ended ended = end(start(Map.of("JAVA_HOME", "/nowhere"), "sh", launcher.toString(), "list"));
    assertEquals(2, ended.exitCode());
    assertEquals("", ended.output());
    assertEquals(
        "bdk-sim: there is no java at /nowhere/bin/java; set JAVA_HOME to a JDK, 17 or newer\n",
        ended.errors());
  }
}
