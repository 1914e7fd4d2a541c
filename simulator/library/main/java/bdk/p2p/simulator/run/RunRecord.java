package bdk.p2p.simulator.run;

import bdk.p2p.simulator.backend.Leftovers;
import bdk.p2p.simulator.scenario.Scenario;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of a run when it is over. Immutable, but for what nobody changes any more.
 *
 * @param scenario what was run
 * @param backend the name of the backend
 * @param seed with which seed
 * @param digest the digest of the trace, in hex; empty if the backend cannot repeat runs
 * @param events network events
 * @param virtualNanos the run's time at the end
 * @param wallNanos real time that the run took
 * @param nodes the nodes
 * @param links every session that ever was
 * @param broadcasts every broadcast of the workload, in the order of publication
 * @param requests every request of the workload, in the order of asking
 * @param faults every fault, in the order of their beginnings
 * @param samples the network once a second
 * @param peersAtEnd the peers of each node at the end, by the index of the node
 * @param normalPeersAtEnd of those, the NORMAL ones
 * @param leftovers what was left when all nodes had been closed; empty if the backend cannot say
 * @param latency the least one-way latency in milliseconds between two nodes
 */
public record RunRecord(
    Scenario scenario,
    String backend,
    long seed,
    String digest,
    long events,
    long virtualNanos,
    long wallNanos,
    List<SimulatedNode> nodes,
    List<LinkRecord> links,
    List<BroadcastRecord> broadcasts,
    List<RequestRecord> requests,
    List<FaultOutcome> faults,
    List<Sample> samples,
    List<Integer> peersAtEnd,
    List<Integer> normalPeersAtEnd,
    Optional<Leftovers> leftovers,
    LeastLatency latency) {

  /** False if it was cut short. */
  public boolean isWhole() {
    return virtualNanos >= scenario.total().toNanos();
  }

  /** True if something was to be published; a claim about broadcasts must then have seen one. */
  public boolean wantsBroadcasts() {
    return isWhole() && !scenario.workload().broadcasts().isEmpty();
  }

  /** True if somebody was to ask. */
  public boolean wantsRequests() {
    return isWhole() && scenario.workload().requests().isPresent();
  }

  /** True if somebody was to notify. */
  public boolean wantsNotifications() {
    return isWhole() && scenario.workload().notifications().isPresent();
  }

  /** The least one-way latency between two nodes. */
  @FunctionalInterface
  public interface LeastLatency {
    /** In milliseconds. */
    double millis(SimulatedNode from, SimulatedNode to);
  }
}
