package bdk.p2p.simulator.planted;

import bdk.p2p.environment.Environment;
import bdk.p2p.simulator.run.NodeHook;
import bdk.p2p.simulator.run.SimulatedNode;

/** A node that finds nobody in its second life. */
final class AloneAfterCrash implements NodeHook {
  @Override
  public Environment environment(SimulatedNode node, Environment real) {
    return node.crashesNanos().isEmpty() ? real : new TappedEnvironment(real, Hermit::new);
  }
}
