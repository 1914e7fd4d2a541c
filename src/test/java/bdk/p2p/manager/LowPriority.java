package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The system's lowest priority for single threads; on Linux, where they have one each. */
final class LowPriority {
  private static final Path OWN = Path.of("/proc/thread-self");
  private static final String LOWEST = "19";

  private LowPriority() {}

  /** The calling thread, and those that it starts from now on, run when nobody else wants to. */
  static void take() {
    if (!Files.exists(OWN)) {
      return;
    }
    try {
      String thread = Files.readSymbolicLink(OWN).getFileName().toString();
      Process renice =
          new ProcessBuilder("renice", "-n", LOWEST, "-p", thread)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      assertEquals(0, renice.waitFor());
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    } catch (InterruptedException interrupt) {
      throw new AssertionError(interrupt);
    }
  }
}
