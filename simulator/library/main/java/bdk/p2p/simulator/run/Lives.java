package bdk.p2p.simulator.run;

import bdk.p2p.message.NodeId;
import bdk.p2p.simulator.backend.Backend;
import bdk.p2p.simulator.backend.Machine;
import bdk.p2p.simulator.backend.MachineSpec;
import bdk.p2p.simulator.fault.NodeControl;
import bdk.p2p.simulator.hostile.Attack;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Begins and ends the lives of nodes, by the faults' orders. Driver's thread only. */
final class Lives implements NodeControl {
  private final Backend backend;
  private final List<SimulatedNode> nodes;
  private final Starter starter;
  private final RunLog log;
  private final Set<SimulatedNode> starting = new LinkedHashSet<>();
  private int nextMachine;

  Lives(Backend backend, List<SimulatedNode> nodes, Starter starter, RunLog log) {
    this.backend = backend;
    this.nodes = nodes;
    this.starter = starter;
    this.log = log;
    this.nextMachine = nodes.size();
  }

  /** Starts a node that is not up. */
  interface Starter {
    /**
     * Starts it.
     *
     * @param known addresses that it knows beside its seeds
     */
    void start(SimulatedNode node, List<NodeId> known);
  }

  @Override
  public boolean powerOff(int node) {
    return end(node, () -> nodes.get(node).machine().powerOff());
  }

  @Override
  public boolean kill(int node) {
    return end(node, () -> nodes.get(node).machine().kill());
  }

  @Override
  public boolean stop(int node) {
    return end(node, () -> nodes.get(node).lastLife().close());
  }

  private boolean end(int index, Runnable how) {
    SimulatedNode node = nodes.get(index);
    if (!node.isUp()) {
      return false;
    }
    node.ended(backend.nowNanos());
    how.run();
    log.tell(new RunEvent.Ended(backend.nowNanos(), node));
    return true;
  }

  @Override
  public boolean start(int index, boolean persisted) {
    SimulatedNode node = nodes.get(index);
    // To start takes time, in which another fault may end.
    if (node.isUp() || !starting.add(node)) {
      return false;
    }
    try {
      node.machine().powerOn();
      if (!persisted) {
        node.machine().forget();
      }
      starter.start(node, persisted ? node.persistedPeers() : List.of());
    } finally {
      starting.remove(node);
    }
    return true;
  }

  @Override
  public boolean pause(int index) {
    SimulatedNode node = nodes.get(index);
    if (node.isUp()) {
      node.machine().pause();
    }
    return node.isUp();
  }

  @Override
  public void resume(int index) {
    nodes.get(index).machine().resume();
  }

  @Override
  public void skewClock(int node, Duration offset) {
    nodes.get(node).machine().skewClock(offset);
  }

  /** Nodes' machines and those of hostile peers, which come behind. */
  int machineCount() {
    return Math.max(nextMachine, nodes.size());
  }

  @Override
  public Runnable attack(int target, String behaviour, Runnable onBite) {
    int index = machineCount();
    nextMachine = index + 1;
    Machine machine = backend.machine(new MachineSpec(index, 0, 0));
    NodeId address = nodes.get(target).address();
    return Attack.begin(
            behaviour,
            machine.environment(),
            machine.address(),
            new InetSocketAddress(address.address(), address.port()),
            onBite)
        ::end;
  }
}
