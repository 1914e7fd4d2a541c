package bdk.p2p.simulator.run;

import bdk.p2p.environment.Environment;
import bdk.p2p.message.NodeId;
import bdk.p2p.simulator.backend.Machine;
import java.util.List;

/** A machine whose node runs in a process of its own. Driver's thread only. */
public interface FarMachine extends Machine {
  /**
   * Starts the node. Returns before it is up, which it is a little later.
   *
   * @param known addresses that it knows beside its seeds
   * @param reports told of everything that happens in this life, and of nothing after its end
   */
  NodeLife start(SimulatedNode node, List<NodeId> known, NodeReports reports);

  /** False if its node was up before anybody has started it. */
  boolean isUpLater();

  /** Not to be had: the process has one of its own. */
  @Override
  default Environment environment() {
    throw new UnsupportedOperationException("the node's environment is in another process");
  }
}
