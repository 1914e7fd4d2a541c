package bdk.p2p.simulator.scenario;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What fuzzing found worth keeping, once more. */
class ScenarioCorpusTest {
  private static final Path CORPUS = Path.of("test/resources/fuzz/scenario");

  @Test
  void everyInputOfTheCorpusHolds() throws IOException {
    List<Path> files;
    try (Stream<Path> listed = Files.list(CORPUS)) {
      files = listed.sorted().toList();
    }
    assertFalse(files.isEmpty());
    for (Path file : files) {
      byte[] data = Files.readAllBytes(file);
      assertDoesNotThrow(() -> ScenarioTarget.fuzzerTestOneInput(data), file::toString);
    }
  }
}
