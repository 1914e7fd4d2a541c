package bdk.p2p.simulator.report;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes reports, as JSON for programs and as a page for people, and reads the former again. No
 * state that changes.
 */
public final class ReportFile {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
          // What a later minor version adds is none of this one's business; what is missing is.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
          .build();

  private ReportFile() {}

  /**
   * Writes {@code report.json} and {@code report.html} into a directory, which is made if it is
   * missing. Each is there whole or not at all; one that was there stays until both new ones are
   * whole.
   *
   * @return the two files, {@code report.json} first
   */
  public static List<Path> write(Report report, Path directory) throws IOException {
    Map<String, WholeFiles.Content> files = new LinkedHashMap<>();
    files.put("report.json", stream -> MAPPER.writeValue(stream, report));
    byte[] page = HtmlReport.page(report).getBytes(StandardCharsets.UTF_8);
    files.put("report.html", stream -> stream.write(page));
    return WholeFiles.write(directory, files);
  }

  /**
   * Reads a report. Unknown fields are passed over.
   *
   * @param path the file, or a directory that holds a {@code report.json}
   * @throws ReportException if there is none, or it is not one of this version
   */
  public static Report read(Path path) {
    Path file = Files.isDirectory(path) ? path.resolve("report.json") : path;
    try {
      JsonNode content = MAPPER.readTree(file.toFile());
      requireVersion(file, content);
      return MAPPER.treeToValue(content, Report.class);
    } catch (JsonMappingException wrong) {
      throw new ReportException(
          file + ": not a report: " + where(wrong) + firstLine(wrong.getOriginalMessage()));
    } catch (JsonProcessingException notJson) {
      int line = notJson.getLocation() == null ? 0 : notJson.getLocation().getLineNr();
      throw new ReportException(
          file + ": not JSON, line " + line + ": " + firstLine(notJson.getOriginalMessage()));
    } catch (NoSuchFileException | java.io.FileNotFoundException missing) {
      throw new ReportException(
          file + (Files.exists(file) ? ": cannot be read" : ": there is no such file"));
    } catch (IOException unreadable) {
      throw new ReportException(file + ": cannot be read: " + unreadable.getMessage());
    }
  }

  private static void requireVersion(Path file, JsonNode content) {
    JsonNode version = content.path("version");
    if (!content.isObject() || !version.isInt()) {
      throw new ReportException(file + ": not a report: it has no field 'version'");
    }
    if (version.intValue() != Report.VERSION) {
      throw new ReportException(
          "%s: a report of version %d, expected version %d"
              .formatted(file, version.intValue(), Report.VERSION));
    }
  }

  private static String where(JsonMappingException wrong) {
    String path =
        wrong.getPath().stream()
            .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
            .collect(Collectors.joining("."));
    return path.isEmpty() ? "" : path + ": ";
  }

  private static String firstLine(String message) {
    // What follows names a switch of the reader's, which is nobody's business.
    return message == null ? "" : message.lines().findFirst().orElse("").split("; `")[0];
  }
}
