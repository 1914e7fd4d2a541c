package bdk.p2p.simulator.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files that are written beside their place and moved there when all of them are whole: who reads
 * one never sees half of it, and what was there stays if writing fails. No state.
 */
public final class WholeFiles {
  private WholeFiles() {}

  /** Writes the content of one file. */
  @FunctionalInterface
  public interface Content {
    /** To a stream that the caller closes. */
    void writeTo(OutputStream stream) throws IOException;
  }

  /**
   * Writes files into a directory, which is made if it is missing.
   *
   * @param contents by file name
   * @return the files, in the order of the map
   */
  public static List<Path> write(Path directory, Map<String, Content> contents) throws IOException {
    if (!Files.isDirectory(directory)) { // not asked of a link to one: JDK 17 takes it for a file
      Files.createDirectories(directory);
    }
    Map<Path, Path> placeOfPart = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, Content> file : contents.entrySet()) {
        Path part =
            directory.resolve(file.getKey() + "." + ProcessHandle.current().pid() + ".part");
        placeOfPart.put(part, directory.resolve(file.getKey()));
        try (OutputStream stream = Files.newOutputStream(part)) {
          file.getValue().writeTo(stream);
        }
      }
      for (Path place : placeOfPart.values()) {
        if (Files.isDirectory(place)) {
          throw new FileAlreadyExistsException(place.toString(), null, "is a directory");
        }
      }
      for (Map.Entry<Path, Path> file : placeOfPart.entrySet()) {
        Files.move(file.getKey(), file.getValue(), StandardCopyOption.ATOMIC_MOVE);
      }
    } finally {
      for (Path part : placeOfPart.keySet()) {
        Files.deleteIfExists(part);
      }
    }
    return new ArrayList<>(placeOfPart.values());
  }
}
