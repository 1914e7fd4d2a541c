package bdk.p2p.simulator.capsule;

import bdk.p2p.simulator.report.WholeFiles;
import bdk.p2p.simulator.scenario.Capsule;
import bdk.p2p.simulator.scenario.CapsuleFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A capsule on disk, and beside it a test that fails until the bug is fixed. No state. */
public final class CapsuleFolder {
  /** The name of the capsule in its folder. */
  public static final String CAPSULE = "capsule.yaml";

  /** The name of the test in its folder. */
  public static final String TEST = "ReplayTest.java";

  private CapsuleFolder() {}

  /**
   * What is to be kept of a case and what became of it.
   *
   * @param simulator the version of the simulator
   * @throws java.util.NoSuchElementException if no claim broke
   */
  public static Capsule capsule(String simulator, Case one, Verdict verdict) {
    return new Capsule(
        simulator,
        Runtime.version().toString(),
        one.scenario(),
        one.seed(),
        one.schedule(),
        verdict.breach().orElseThrow(),
        verdict.digest());
  }

  /**
   * Writes both files, as a whole or not at all.
   *
   * @param folder is made if it is missing
   * @return the capsule
   */
  public static Path write(Capsule capsule, Path folder) throws IOException {
    Path file = folder.resolve(CAPSULE);
    Map<String, WholeFiles.Content> contents = new LinkedHashMap<>();
    contents.put(TEST, text(test(capsule, file)));
    contents.put(CAPSULE, text(CapsuleFile.text(capsule)));
    WholeFiles.write(folder, contents);
    return file;
  }

  private static WholeFiles.Content text(String text) {
    return stream -> stream.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** It finds the capsule wherever it is run: among its own resources, or else where it is now. */
  private static String test(Capsule capsule, Path file) {
    return """
    import static org.junit.jupiter.api.Assertions.assertTrue;

    import bdk.p2p.simulator.capsule.Replay;
    import java.net.URL;
    import java.nio.file.Path;
    import org.junit.jupiter.api.Test;

    /** Fails until the bug is fixed that broke %s with seed %d. */
    class ReplayTest {
      private static final String WRITTEN = "%s";

      @Test
      void noClaimBreaksAnyMore() throws Exception {
        URL own = ReplayTest.class.getResource("%s");
        Replay replay = Replay.of(own == null ? Path.of(WRITTEN) : Path.of(own.toURI()));
        assertTrue(replay.isHeld(), replay::toString);
      }
    }
    """
        .formatted(
            capsule.breach().claim(),
            capsule.seed(),
            escaped(file.toAbsolutePath().normalize().toString()),
            CAPSULE);
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
