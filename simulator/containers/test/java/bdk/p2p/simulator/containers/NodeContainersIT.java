package bdk.p2p.simulator.containers;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Network;

/** Nodes in containers of their own, with addresses of their own, find each other. */
class NodeContainersIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @BeforeAll
  static void needsAnEngine() {
    boolean engine = DockerClientFactory.instance().isDockerAvailable();
    if (!engine) {
      System.out.println(
          "LEFT OUT: the container tests, because no container engine answers. Start one, set "
              + NodeImage.BASE_IMAGE_VARIABLE
              + " if it reaches no registry, and run ./mvnw verify again.");
    }
    assumeTrue(engine, "no container engine answers");
  }

  @Test
  void twoNodesFindEachOtherThroughADiscoveryNode() throws Exception {
    Future<String> image = NodeImage.of(Path.of("../.."));
    try (Network network = Network.newNetwork();
        NodeContainer discovery =
            new NodeContainer(image, network, "--listen", "0.0.0.0:7000", "--type", "discovery")) {
      discovery.start();
      String seed = discovery.address();
      try (NodeContainer first =
              new NodeContainer(image, network, "--listen", "0.0.0.0:7000", "--peer", seed);
          NodeContainer second =
              new NodeContainer(image, network, "--listen", "0.0.0.0:7000", "--peer", seed)) {
        first.start();
        second.start();
        first.awaitLine("\"event\":\"connected\"", second.address(), LIMIT);
        second.awaitLine("\"event\":\"connected\"", first.address(), LIMIT);
        assertTrue(discovery.isRunning() && first.isRunning() && second.isRunning());
      }
    }
  }
}
