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
        "one-way-partition");
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
    try (InputStream in = Catalogue.class.getResourceAsStream(resource)) {
      return ScenarioFile.parse(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
