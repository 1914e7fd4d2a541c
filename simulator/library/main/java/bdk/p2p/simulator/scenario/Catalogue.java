package bdk.p2p.simulator.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The scenarios that ship with the simulator. */
public final class Catalogue {
  private Catalogue() {}

  /** Their names, in the order to show them. */
  public static List<String> names() {
    return List.of(
        "two-nodes",
        "relay-line",
        "dial-storm",
        "cloud-regions",
        "fifty-nodes",
        "flash-crowd",
        "big-blocks",
        "discovery-lost",
        "partition-and-heal",
        "one-way-partition",
        "churn",
        "kill-a-third",
        "rolling-restart",
        "slow-reader",
        "bufferbloat",
        "lossy-links",
        "corrupt-bytes",
        "wrong-clocks",
        "hostile-peers",
        "eclipse-attempt",
        "thousand-nodes");
  }

  /** All of them. */
  public static List<Scenario> all() {
    return names().stream().map(Catalogue::get).toList();
  }

  /**
   * The scenario of this name.
   *
   * @throws ScenarioException if there is none, naming those there are
   */
  public static Scenario get(String name) {
    if (!names().contains(name)) {
      throw new ScenarioException(
          "'"
              + name
              + "' is neither a file nor a scenario; expected one of "
              + String.join(", ", names()));
    }
    String resource = name + ".yaml";
    return ScenarioFile.parse(resource, text(resource));
  }

  /** The JSON Schema of scenario files. */
  public static String schema() {
    return text("scenario.schema.json");
  }

  private static String text(String resource) {
    try (InputStream in = Catalogue.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
