package bdk.p2p.simulator.run;

import bdk.p2p.environment.Environment;
import bdk.p2p.manager.ManagerBuilder;

/** Has a hand in every node before it starts; the door for tests that plant a bug. */
public interface NodeHook {
  /** Nodes as they are. */
  NodeHook NONE = new NodeHook() {};

  /** What the node gets in place of its environment. */
  default Environment environment(SimulatedNode node, Environment environment) {
    return environment;
  }

  /** Adds to the node; runs last, just before its start. */
  default void build(SimulatedNode node, ManagerBuilder builder) {}
}
