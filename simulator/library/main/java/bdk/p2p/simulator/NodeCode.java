package bdk.p2p.simulator;

import bdk.p2p.manager.Manager;
import bdk.p2p.manager.ManagerBuilder;
import java.util.function.BiConsumer;

/** What a node runs: the caller's own handlers. Called at each start of a node. */
@FunctionalInterface
public interface NodeCode {
  /** Nothing but what every node does by itself. */
  NodeCode NONE = (self, node) -> {};

  /**
   * Puts handlers, listeners, commands and options on a node that is about to start. Where it
   * listens, its type, its environment and the discovery nodes that it dials are set by the
   * simulation.
   *
   * @param self which node; has a manager as soon as the node has started
   * @param node its builder
   */
  void install(SimNode self, ManagerBuilder node);

  /** Something to do at once after each start: begin timers, dial somebody. */
  default void started(SimNode self, Manager node) {}

  /** The same code, which does this at once after each start. */
  default NodeCode whenStarted(BiConsumer<SimNode, Manager> action) {
    NodeCode first = this;
    return new NodeCode() {
      @Override
      public void install(SimNode self, ManagerBuilder node) {
        first.install(self, node);
      }

      @Override
      public void started(SimNode self, Manager node) {
        first.started(self, node);
        action.accept(self, node);
      }
    };
  }
}
