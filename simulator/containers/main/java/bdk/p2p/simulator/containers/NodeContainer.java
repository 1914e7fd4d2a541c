package bdk.p2p.simulator.containers;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.containers.output.WaitingConsumer;
import org.testcontainers.containers.wait.strategy.Wait;

/** One node in a container, known to the others of its network by address. For one thread. */
final class NodeContainer extends GenericContainer<NodeContainer> {
  private static final int PORT = 7000;

  private final WaitingConsumer output = new WaitingConsumer();

  /** A node that is not started yet; its arguments are those of {@code bdk-sim node}. */
  NodeContainer(Future<String> image, Network network, String... arguments) {
    super(image);
    withNetwork(network);
    withCommand(arguments);
    withLogConsumer(output);
    waitingFor(Wait.forLogMessage(".*\"event\":\"listening\".*", 1));
  }

  /** Where the others of the network reach it; once it is started. */
  String address() {
    return getContainerInfo()
            .getNetworkSettings()
            .getNetworks()
            .values()
            .iterator()
            .next()
            .getIpAddress()
        + ":"
        + PORT;
  }

  /** Waits until the node has printed a line that holds both texts. */
  void awaitLine(String text, String other, Duration limit) throws TimeoutException {
    output.waitUntil(
        frame -> holds(frame, text) && holds(frame, other),
        (int) limit.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private static boolean holds(OutputFrame frame, String text) {
    return frame.getUtf8String().contains(text);
  }
}
