package bdk.p2p.simulator.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Empties the folder where a node has stored things. No state. */
final class Forgetting {
  private Forgetting() {}

  static void empty(Optional<Path> folder) throws IOException {
    if (folder.isEmpty() || !Files.isDirectory(folder.get())) {
      return;
    }
    List<Path> files;
    try (Stream<Path> found = Files.list(folder.get())) {
      files = found.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
