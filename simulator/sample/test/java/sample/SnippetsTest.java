package sample;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What simulation.md shows is code of these tests, which compiles and holds. */
class SnippetsTest {
  private static final Path PAGE = Path.of("../../module-info-docs/simulation.md");
  private static final Pattern BLOCK = Pattern.compile("(?s)```java\n(.*?)```");

  @Test
  void everySnippetIsCodeOfATest() throws IOException {
    String code = allCode();
    List<String> snippets =
        BLOCK.matcher(Files.readString(PAGE)).results().map(SnippetsTest::code).toList();
    assertFalse(snippets.isEmpty());
    for (String snippet : snippets) {
      assertTrue(code.contains(snippet), () -> "no test has the snippet " + snippet);
    }
  }

  private static String code(MatchResult block) {
    return onOneLine(block.group(1));
  }

  private static String allCode() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("test/java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(SnippetsTest::read)
          .map(SnippetsTest::onOneLine)
          .collect(Collectors.joining("\n"));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  private static String onOneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
