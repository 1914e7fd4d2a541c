package bdk.p2p.simulator;

import java.time.Duration;

/** How long a message is under way from one node to another, at least. */
@FunctionalInterface
public interface LatencyModel {
  /**
   * The one-way latency. Must give the same for the same two nodes.
   *
   * @param from the {@link SimNode#number} of the sender
   * @param to the number of the receiver
   */
  Duration between(int from, int to);
}
