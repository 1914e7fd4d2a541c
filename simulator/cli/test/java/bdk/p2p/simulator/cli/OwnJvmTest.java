package bdk.p2p.simulator.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnJvmTest {
  private static OwnJvm with(String option) {
    return new OwnJvm("java", List.of("-Xmx1g", option, "-Xss1m"), List.of("Main"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:AOTCache=a.jsa",
        "-XX:AOTCacheOutput=a.jsa",
        "-XX:SharedArchiveFile=a.jsa",
        "-XX:ArchiveClassesAtExit=a.jsa"
      })
  void anotherJavaIsNotGivenTheArchiveOfThisOne(String archive) {
    assertEquals(
        List.of("other", "-Xmx1g", "-Xss1m", "Main", "run"),
        with(archive).withJava("other").command(List.of("run")));
    assertEquals(
        List.of("java", "-Xmx1g", archive, "-Xss1m", "-Xint", "Main", "run"),
        with(archive).withOption("-Xint").command(List.of("run")));
  }

  @Test
  void anotherJavaIsGivenEverythingElse() {
    assertEquals(
        List.of("other", "-Xmx1g", "-Xshare:auto", "-Xss1m", "Main"),
        with("-Xshare:auto").withJava("other").command(List.of()));
  }
}
