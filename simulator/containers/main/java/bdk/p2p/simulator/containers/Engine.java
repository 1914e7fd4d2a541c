package bdk.p2p.simulator.containers;

import bdk.p2p.simulator.scenario.ScenarioException;
import com.github.dockerjava.api.DockerClient;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.testcontainers.DockerClientFactory;

/** The container engine that Testcontainers finds. No state of its own; any thread. */
final class Engine {
  private Engine() {}

  /**
   * The way to talk to it.
   *
   * @throws ScenarioException if none answers
   */
  static DockerClient client() {
    if (!isThere()) {
      throw new ScenarioException(
          "the backend containers needs a container engine, and none answers; start one, or say"
              + " where it is with DOCKER_HOST; docker/bdk doctor says what this machine has");
    }
    return DockerClientFactory.instance().client();
  }

  /** True if one answers. */
  static boolean isThere() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  /** Where ports that it publishes are reached. */
  static String host() {
    return DockerClientFactory.instance().dockerHostIpAddress();
  }

  /** The address on which to publish: nobody else's business if the engine is on this machine. */
  static String publishOn() {
    try {
      return InetAddress.getByName(host()).isLoopbackAddress() ? "127.0.0.1" : "0.0.0.0";
    } catch (UnknownHostException unknown) {
      return "0.0.0.0";
    }
  }
}
