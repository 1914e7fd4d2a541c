package bdk.p2p.simulator.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bdk.p2p.simulator.oracle.Claim;
import bdk.p2p.simulator.scenario.Happening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of the documentation say what the code does. */
class ClaimsDocumentTest {
  private static final Path DOCUMENT =
      Path.of("..", "..", "module-info-docs", "claims.md").toAbsolutePath().normalize();

  /** The cells of each row of the table with this head. */
  private static List<List<String>> table(String head) throws IOException {
    return Files.readAllLines(DOCUMENT).stream()
        .dropWhile(line -> !line.startsWith(head))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> Arrays.stream(line.split("\\|")).skip(1).map(String::strip).toList())
        .toList();
  }

  private static String quoted(Stream<String> words) {
    return words.map(word -> "`" + word + "`").collect(Collectors.joining(", "));
  }

  @Test
  void everyClaimIsThereWithTheBugsThatBreakIt() throws IOException {
    Map<String, String> expected = new TreeMap<>();
    for (Claim claim : Claim.of(SmallNetwork.scenario())) {
      if (!claim.name().startsWith("sometimes-")) {
        String bugs =
            quoted(
                Arrays.stream(PlantedBug.values())
                    .filter(bug -> bug.breaks().contains(claim.name()))
                    .map(PlantedBug::word));
        expected.put("`" + claim.name() + "`", bugs.isEmpty() ? "by hand" : bugs);
      }
    }
    Map<String, String> written = new TreeMap<>();
    table("| claim |").forEach(row -> written.put(row.get(0), row.get(3)));
    assertEquals(expected, written);
  }

  @Test
  void everyHappeningIsThere() throws IOException {
    assertEquals(
        Arrays.stream(Happening.values()).map(one -> "`" + one.word() + "`").toList(),
        table("| word |").stream().map(row -> row.get(0)).toList());
  }

  @Test
  void everyBugIsThereWithTheClaimsThatItBreaks() throws IOException {
    assertEquals(
        Arrays.stream(PlantedBug.values())
            .map(
                bug ->
                    List.of(
                        "`" + bug.word() + "`",
                        bug.what(),
                        bug.breaks().isEmpty() ? "nothing" : quoted(bug.breaks().stream())))
            .toList(),
        table("| bug |"));
  }
}
