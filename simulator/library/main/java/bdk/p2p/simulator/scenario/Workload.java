package bdk.p2p.simulator.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the nodes do to each other while the scenario lasts. Immutable.
 *
 * @param broadcasts streams of broadcasts
 * @param requests a stream of requests between peers, if any
 * @param notifications a stream of notifications between peers, if any; they carry numbers by which
 *     order is checked
 */
public record Workload(
    List<Broadcasts> broadcasts,
    Optional<Requests> requests,
    Optional<Notifications> notifications) {
  static final int LEAST_BYTES = 16;
  static final int MOST_BYTES = 100_000_000;

  /** Copies the list. */
  public Workload {
    broadcasts = List.copyOf(broadcasts);
  }

  /** Nothing at all. */
  public static Workload none() {
    return new Workload(List.of(), Optional.empty(), Optional.empty());
  }

  /**
   * Broadcasts at a steady pace, each by a NORMAL node drawn at random.
   *
   * @param name what to call them in summaries
   * @param command the command code
   * @param bytes the payload of each, 16 bytes to 100 MB
   * @param interval between two of them, over the whole network
   */
  public record Broadcasts(String name, int command, int bytes, Duration interval) {}

  /**
   * Requests for blocks at a steady pace, each from a node drawn at random to a peer of its own
   * drawn at random.
   *
   * @param interval between two of them, over the whole network
   * @param answerBytes the payload of each answer, at least 16
   */
  public record Requests(Duration interval, int answerBytes) {}

  /**
   * Notifications at a steady pace, each from a node drawn at random to all its NORMAL peers.
   *
   * @param interval between two of them, over the whole network
   * @param bytes the payload of each, at least 16
   */
  public record Notifications(Duration interval, int bytes) {}
}
