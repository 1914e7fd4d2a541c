package bdk.p2p.simulator.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes reports, as JSON for programs and as a page for people. No state that changes. */
public final class ReportFile {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
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
}
