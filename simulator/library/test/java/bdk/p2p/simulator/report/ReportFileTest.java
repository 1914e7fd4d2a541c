package bdk.p2p.simulator.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.simulator.oracle.ClaimResult;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two files of a run, and what their documents say of them. */
class ReportFileTest {
  private static final Path DOCUMENTS = Path.of("..", "..", "module-info-docs");

  @TempDir private Path directory;

  @Test
  void bothFilesAreWrittenFromTheSameReport() throws Exception {
    List<Path> files = ReportFile.write(HandMadeReport.full(), directory.resolve("new"));
    assertEquals(
        List.of("report.json", "report.html"),
        files.stream().map(file -> file.getFileName().toString()).toList());
    JsonNode json = new ObjectMapper().readTree(files.get(0).toFile());
    assertEquals("fifty-nodes", json.get("scenario").textValue());
    assertEquals(
        HtmlReport.page(HandMadeReport.full()).length(), Files.readString(files.get(1)).length());
  }

  @Test
  void pageThatCannotBeWrittenLeavesNoHalfOfIt() throws Exception {
    Files.createDirectory(directory.resolve("report.json"));
    assertThrows(IOException.class, () -> ReportFile.write(HandMadeReport.full(), directory));
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(List.of(directory.resolve("report.json")), files.toList());
    }
  }

  @Test
  void everyFieldOfTheJsonIsDocumented() throws Exception {
    String document = Files.readString(DOCUMENTS.resolve("report.md"));
    Stream.concat(Stream.of(Report.class, ClaimResult.class), Stream.of(Report.class.getClasses()))
        .map(Class::getRecordComponents)
        .flatMap(Arrays::stream)
        .map(RecordComponent::getName)
        .forEach(field -> assertTrue(document.contains("`" + field + "`"), field));
  }

  @Test
  void chartLibraryIsTheOneOfTheDecision() throws Exception {
    byte[] library = ReportFile.class.getResourceAsStream("echarts/echarts.min.js").readAllBytes();
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(library));
    Path decision = DOCUMENTS.resolve("decisions").resolve("0009-the-report-is-one-page.md");
    assertTrue(Files.readString(decision).contains(hash), hash);
  }
}
