package bdk.p2p.simulator;

import bdk.p2p.manager.Manager;
import bdk.p2p.message.NodeId;
import bdk.p2p.simulator.run.SimulatedNode;

/**
 * One node of a simulation: a machine, and the node that runs on it, which may end and be followed
 * by another with the same code. The simulation's thread only; what ends or starts a node must not
 * be called by code that runs on a node.
 */
public final class SimNode {
  private final Simulation network;
  private final SimulatedNode node;
  private final int index;

  SimNode(Simulation network, SimulatedNode node, int index) {
    this.network = network;
    this.node = node;
    this.index = index;
  }

  /** Its name in messages: {@code player-3}, or the group's name if it is alone. */
  public String name() {
    return node.id();
  }

  /** Its place in its group, from 0. */
  public int index() {
    return index;
  }

  /** Its number in the whole simulation, from 0, in the order of making: what faults call it. */
  public int number() {
    return node.index();
  }

  /** Where it listens. */
  public NodeId id() {
    return node.address();
  }

  /** False after it was stopped, killed or crashed. */
  public boolean isUp() {
    return node.isUp();
  }

  /**
   * The running node.
   *
   * @throws IllegalStateException if it is down
   */
  public Manager manager() {
    return network.run().manager(node);
  }

  /** Stops it in order: its peers are told. False if it was down. */
  public boolean stop() {
    return network.control("stop a node").stop(number());
  }

  /** Its process dies; its machine resets its connections. False if it was down. */
  public boolean kill() {
    return network.control("kill a node").kill(number());
  }

  /** Its machine loses power; its peers hear nothing. False if it was down. */
  public boolean crash() {
    return network.control("crash a node").powerOff(number());
  }

  /** Starts it again, knowing nothing of its former life. False if it was up. */
  public boolean restart() {
    return network.control("restart a node").start(number(), false);
  }

  /** Starts it again; it remembers the addresses of the peers that it had. False if it was up. */
  public boolean restartRemembering() {
    return network.control("restart a node").start(number(), true);
  }

  @Override
  public String toString() {
    return name();
  }

  boolean isOf(Simulation simulation) {
    return network == simulation;
  }

  SimulatedNode node() {
    return node;
  }
}
