package bdk.p2p.simulator.fault;

import java.util.List;

/**
 * One occurrence of a fault, with nothing left to chance but what it draws from its own stream.
 *
 * @param id the entry's name, and the number of the occurrence if there are more: {@code crash-3}
 * @param fault what
 * @param victims the indexes of the nodes that it strikes, ascending
 * @param fromNanos when it begins, from the start of the run
 * @param untilNanos when it ends
 * @param seed of its stream
 */
public record DrawnFault(
    String id, Fault fault, List<Integer> victims, long fromNanos, long untilNanos, long seed) {
  /** Copies the list. */
  public DrawnFault {
    victims = List.copyOf(victims);
  }
}
