package bdk.p2p.simulator.run;

import bdk.p2p.simulator.scenario.Scenario;
import java.util.List;

/**
 * All that is known of a run when it is over. Immutable, but for what nobody changes any more.
 *
 * @param scenario what was run
 * @param seed with which seed
 * @param digest the digest of the trace, in hex
 * @param events network events in the trace
 * @param virtualNanos virtual time at the end
 * @param wallNanos real time that the run took
 * @param nodes the nodes
 * @param links every session that ever was
 * @param broadcasts every broadcast of the workload, in the order of publication
 * @param peersAtEnd the peers of each node at the end, by the index of the node
 * @param latency the least one-way latency in milliseconds between two nodes
 */
public record RunRecord(
    Scenario scenario,
    long seed,
    String digest,
    long events,
    long virtualNanos,
    long wallNanos,
    List<SimulatedNode> nodes,
    List<LinkRecord> links,
    List<BroadcastRecord> broadcasts,
    List<Integer> peersAtEnd,
    LeastLatency latency) {

  /** The least one-way latency between two nodes. */
  @FunctionalInterface
  public interface LeastLatency {
    /** In milliseconds. */
    double millis(SimulatedNode from, SimulatedNode to);
  }
}
