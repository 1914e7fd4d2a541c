package bdk.p2p.simulator.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are whole, or as they were. */
class WholeFilesTest {
  @TempDir private Path directory;

  private static void half(OutputStream stream) throws IOException {
    stream.write(1);
    throw new IOException("no space left");
  }

  private static WholeFiles.Content content(String text) {
    return stream -> stream.write(text.getBytes());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static Map<String, WholeFiles.Content> two(WholeFiles.Content b) {
    Map<String, WholeFiles.Content> files = new LinkedHashMap<>();
    files.put("a", content("new a"));
    files.put("b", b);
    return files;
  }

  @Test
  void nothingIsThereIfOneFailsHalfWay() throws Exception {
    assertThrows(IOException.class, () -> WholeFiles.write(directory, two(WholeFilesTest::half)));
    assertEquals(List.of(), names());
  }

  @Test
  void whatWasThereStaysIfOneFailsHalfWay() throws Exception {
    Files.writeString(directory.resolve("a"), "old a");
    Files.writeString(directory.resolve("b"), "old b");
    assertThrows(IOException.class, () -> WholeFiles.write(directory, two(WholeFilesTest::half)));
    assertEquals(List.of("a", "b"), names());
    assertEquals("old a", Files.readString(directory.resolve("a")));
    assertEquals("old b", Files.readString(directory.resolve("b")));
  }

  @Test
  void bothAreReplacedAndNothingIsLeftBeside() throws Exception {
    Files.writeString(directory.resolve("a"), "old a");
    assertEquals(
        List.of(directory.resolve("a"), directory.resolve("b")),
        WholeFiles.write(directory, two(content("new b"))));
    assertEquals(List.of("a", "b"), names());
    assertEquals("new a", Files.readString(directory.resolve("a")));
    assertEquals("new b", Files.readString(directory.resolve("b")));
  }

  @Test
  void directoryInThePlaceOfOneIsNotReplaced() throws Exception {
    Files.createDirectory(directory.resolve("a"));
    assertThrows(IOException.class, () -> WholeFiles.write(directory, two(content("new b"))));
    assertEquals(List.of("a"), names());
  }

  @Test
  void nothingIsReplacedIfADirectoryStandsInThePlaceOfTheLast() throws Exception {
    Files.writeString(directory.resolve("a"), "old a");
    Files.createDirectory(directory.resolve("b"));
    assertThrows(
        FileAlreadyExistsException.class, () -> WholeFiles.write(directory, two(content("new b"))));
    assertEquals(List.of("a", "b"), names());
    assertEquals("old a", Files.readString(directory.resolve("a")));
  }

  @Test
  void directoryIsMadeWithThoseAboveIt() throws Exception {
    WholeFiles.write(directory.resolve("x/y"), two(content("new b")));
    assertEquals("new b", Files.readString(directory.resolve("x/y/b")));
  }

  @Test
  void directoryMayBeALinkToOne() throws Exception {
    Path real = Files.createDirectory(directory.resolve("real"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), real);
    WholeFiles.write(link, two(content("new b")));
    assertEquals("new b", Files.readString(real.resolve("b")));
  }
}
