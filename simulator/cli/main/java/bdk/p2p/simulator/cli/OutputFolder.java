package bdk.p2p.simulator.cli;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Where {@code --out} says to write: looked at before the work, made when there is something to
 * write. No state.
 */
final class OutputFolder {
  private OutputFolder() {}

  /**
   * Makes nothing.
   *
   * @throws UsageException naming what is in the way, if it is no directory that can be written and
   *     could not be made either
   */
  static void check(Path folder) {
    Path found = nearest(folder.toAbsolutePath());
    if (Files.isDirectory(found) && Files.isWritable(found)) {
      return;
    }
    String expected = "expected a directory that can be written, found ";
    throw new UsageException(
        found.equals(folder.toAbsolutePath())
            ? "--out: " + expected + folder
            : "--out: cannot make the directory " + folder + ": " + expected + found);
  }

  /** The folder, or else the lowest above it that there is; a link to nowhere is there, too. */
  private static Path nearest(Path folder) {
    Path nearest = folder;
    while (!Files.exists(nearest, LinkOption.NOFOLLOW_LINKS) && nearest.getParent() != null) {
      nearest = nearest.getParent();
    }
    return nearest;
  }
}
