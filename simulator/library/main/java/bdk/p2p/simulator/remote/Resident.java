package bdk.p2p.simulator.remote;

import bdk.p2p.simulator.scenario.Scenario;
import java.util.List;

/**
 * A node that lives with its agent, whoever commands it. Immutable.
 *
 * @param scenario of which it is a node
 * @param index its place in the list of nodes
 * @param host the name by which others find it, which leads to its address
 * @param seeds names or addresses of hosts where it finds the nodes that the scenario has it dial;
 *     asked for again until there is an answer
 */
public record Resident(Scenario scenario, int index, String host, List<String> seeds) {
  /** Copies the list. */
  public Resident {
    seeds = List.copyOf(seeds);
  }
}
