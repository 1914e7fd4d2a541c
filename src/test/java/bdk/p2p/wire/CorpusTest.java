package bdk.p2p.wire;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What fuzzing found worth keeping, once more. */
class CorpusTest {
  private static final Path CORPUS = Path.of("test/resources/fuzz");

  @ParameterizedTest
  @EnumSource
  void everyInputOfTheCorpusHolds(FuzzTarget target) throws IOException {
    List<Path> files;
    try (Stream<Path> listed = Files.list(CORPUS.resolve(target.folder()))) {
      files = listed.sorted().toList();
    }
    assertFalse(files.isEmpty());
    for (Path file : files) {
      byte[] data = Files.readAllBytes(file);
      assertDoesNotThrow(
          () -> target.check(data), () -> file + ": " + HexFormat.of().formatHex(data));
    }
  }
}
