package bdk.p2p.simulator.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes reports as JSON. No state that changes. */
public final class ReportFile {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ReportFile() {}

  /**
   * Writes {@code report.json} into a directory, which is made if it is missing.
   *
   * @return the file
   */
  public static Path write(Report report, Path directory) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve("report.json");
    MAPPER.writeValue(file.toFile(), report);
    return file;
  }
}
