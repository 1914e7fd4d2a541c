package bdk.p2p.simulator.remote;

import bdk.p2p.manager.Manager;
import bdk.p2p.manager.ManagerBuilder;
import bdk.p2p.manager.ManagerStatistics;
import bdk.p2p.manager.Peer;
import bdk.p2p.message.Command;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.NodeType;
import bdk.p2p.simulator.run.Application;
import bdk.p2p.simulator.run.ManagerLife;
import bdk.p2p.simulator.run.NodeLife;
import bdk.p2p.simulator.scenario.NodeGroup;
import bdk.p2p.simulator.scenario.Scenario;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The node beside an agent: an unmodified one, with the workload's application on it. Any thread.
 */
final class AgentNode {
  private final int index;
  private final Manager manager;
  private final NodeLife life;
  private final AgentReports reports;

  private AgentNode(int index, Manager manager, AgentReports reports) {
    this.index = index;
    this.manager = manager;
    this.life = new ManagerLife(manager, System::nanoTime);
    this.reports = reports;
  }

  /** Starts the node of a scenario that has this place in the list of nodes. */
  static AgentNode start(
      Scenario scenario,
      int index,
      InetAddress address,
      List<NodeId> seeds,
      Optional<Path> storage,
      AgentReports reports) {
    NodeGroup group = groupOf(scenario, index);
    Application application = new Application(scenario.workload(), System::nanoTime);
    ManagerBuilder builder =
        Manager.builder()
            .type(group.type())
            .listen(address.getHostAddress(), ControlPorts.NODE)
            .listener(application.listener(reports))
            .options(group.options());
    storage.ifPresent(builder::storage);
    if (group.type() == NodeType.NORMAL) {
      seeds.forEach(builder::seed);
      application.install(builder, index, reports);
    }
    return new AgentNode(index, builder.start(), reports);
  }

  /** The group of the node at a place in the list of nodes. */
  static NodeGroup groupOf(Scenario scenario, int index) {
    int left = index;
    for (NodeGroup group : scenario.groups()) {
      if (left < group.count()) {
        return group;
      }
      left -= group.count();
    }
    throw new IllegalArgumentException(
        "the scenario " + scenario.name() + " has no node number " + index);
  }

  int index() {
    return index;
  }

  NodeId address() {
    return manager.listening().orElseThrow();
  }

  AgentReports reports() {
    return reports;
  }

  ManagerStatistics statistics() {
    return manager.statistics();
  }

  void broadcast(Command command, ByteBuffer payload) {
    life.broadcast(command, payload);
  }

  void notifyAll(Command command, ByteBuffer payload) {
    life.notifyAll(command, payload);
  }

  /** Asks the peer of an address; a peer that is gone is an end like any other. */
  void ask(long request, NodeId whom, Command command, ByteBuffer payload, Duration limit) {
    Optional<Peer> peer = manager.peer(whom);
    if (peer.isEmpty()) {
      reports.settled(System.nanoTime(), request, Optional.empty(), Optional.of("PEER_GONE"));
      return;
    }
    life.ask(
        peer.get(),
        command,
        payload,
        limit,
        (nanos, answerer, failure) -> reports.settled(nanos, request, answerer, failure));
  }

  void close() {
    manager.close();
  }
}
