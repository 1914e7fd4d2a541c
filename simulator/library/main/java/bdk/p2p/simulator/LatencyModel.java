package bdk.p2p.simulator;

import java.time.Duration;

/** How long a message is under way from one node to another, at least. */
@FunctionalInterface
public interface LatencyModel {
  /**
   * The one-way latency, 0 to 1 hour; whatever else is returned or thrown fails the run. Must give
   * the same for the same two nodes.
   *
   * <p>A {@code HostilePeer}'s machine stands beside a node, and its number is that node's: beside
   * node 0 the first that is made, then beside node 1 and so on. The two numbers are the same
   * between such a machine and its node.
   *
   * @param from the {@link SimNode#number} of the sender
   * @param to the number of the receiver
   */
  Duration between(int from, int to);
}
