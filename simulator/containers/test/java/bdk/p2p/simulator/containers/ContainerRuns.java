package bdk.p2p.simulator.containers;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bdk.p2p.simulator.ScenarioRun;
import bdk.p2p.simulator.Scenarios;
import bdk.p2p.simulator.scenario.BackendKind;
import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.scenario.ScenarioFile;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Runs scenarios across containers, all with one image that is built once. Any thread; the image is
 * guarded by the class, and gone at the end of the JVM.
 */
final class ContainerRuns {
  /** What all nodes of the tests have in common: they find each other, and out, soon. */
  static final String QUICK =
      "{discoveryInterval: 300ms, discoveryRestingInterval: 500ms, infoInterval: 1s,"
          + " probeTimeout: 2s, connectTimeout: 2s, handshakeTimeout: 4s}";

  private static Optional<Belongings> image = Optional.empty();

  private ContainerRuns() {}

  /** What one run left. */
  record Done(ScenarioRun run, JsonNode report) {
    boolean hasHeld() {
      return report.get("claims").findValues("held").stream().allMatch(JsonNode::asBoolean);
    }
  }

  /** Where no engine answers the test is left out, loudly; where one must answer it fails. */
  static void needEngine() {
    if (Engine.isThere()) {
      return;
    }
    String what =
        """

        ==========================================================================
        LEFT OUT: the container scenarios. No container engine answers.
        To run them: start one (on Debian: apt-get install docker.io iptables),
        run docker/base if it reaches no registry, and ./mvnw verify again.
        docker/bdk doctor says what this machine has.
        ==========================================================================
        """;
    System.out.println(what);
    if (System.getenv("CI") != null) {
      fail("the container scenarios may not be left out here");
    }
    assumeTrue(false, "no container engine answers");
  }

  /** The image of all runs. */
  static synchronized String image() {
    if (image.isEmpty()) {
      Belongings belongings = Belongings.ofNewRun();
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> new Sweeper(Engine.client()).sweep(belongings.run())));
      NodeImage.build(Engine.client(), belongings, "old");
      NodeImage.build(Engine.client(), belongings, "new");
      image = Optional.of(belongings);
    }
    return name("old");
  }

  /** The image of the version after that. */
  static String nextImage() {
    image();
    return name("new");
  }

  private static String name(String version) {
    return NodeImage.name(version, image.orElseThrow());
  }

  /** Runs a scenario to its end. */
  static Done run(String yaml, Path directory) {
    System.setProperty(NodeImage.NODE_PROPERTY, image());
    Scenario scenario = ScenarioFile.parse("test.yaml", yaml).withBackend(BackendKind.CONTAINERS);
    ScenarioRun run = Scenarios.run(scenario, 1);
    System.out.println(run.summary());
    try {
      Files.createDirectories(directory);
      run.writeReport(directory);
      JsonNode report =
          new ObjectMapper().readTree(Files.readString(directory.resolve("report.json")));
      Done done = new Done(run, report);
      if (!done.hasHeld()) {
        System.out.println(report.get("faults") + "\n" + report.get("links"));
      }
      return done;
    } catch (IOException cause) {
      throw new java.io.UncheckedIOException(cause);
    }
  }
}
