package bdk.p2p.simulator.run;

import bdk.p2p.manager.Manager;
import bdk.p2p.manager.ManagerBuilder;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.NodeType;
import bdk.p2p.simulator.backend.Backend;
import java.util.ArrayList;
import java.util.List;

/** Starts the nodes of a scenario. Driver's thread only. */
final class NodeStarter implements Lives.Starter {
  private final Backend backend;
  private final List<SimulatedNode> nodes;
  private final Application application;
  private final RunLog log;
  private final Traffic traffic;
  private final NodeHook hook;

  NodeStarter(
      Backend backend,
      List<SimulatedNode> nodes,
      Application application,
      RunLog log,
      Traffic traffic,
      NodeHook hook) {
    this.backend = backend;
    this.nodes = nodes;
    this.application = application;
    this.log = log;
    this.traffic = traffic;
    this.hook = hook;
  }

  @Override
  public void start(SimulatedNode node, List<NodeId> known) {
    NodeReports reports = new LogReports(node, log, traffic);
    boolean isUpLater = false;
    NodeLife life;
    if (node.machine() instanceof FarMachine far) {
      life = far.start(node, known, reports);
      isUpLater = far.isUpLater();
    } else {
      life = startHere(node, known, reports);
    }
    node.started(life, backend.nowNanos());
    log.tell(new RunEvent.Started(backend.nowNanos(), node, isUpLater));
  }

  private NodeLife startHere(SimulatedNode node, List<NodeId> known, NodeReports reports) {
    ManagerBuilder builder =
        Manager.builder()
            .environment(hook.environment(node, node.machine().environment()))
            .type(node.type())
            .listen(node.address().address().getHostAddress(), SimulatedNode.PORT)
            .listener(application.listener(reports))
            .options(node.group().options());
    if (node.type() == NodeType.NORMAL) {
      seeds(node).forEach(builder::seed);
      known.forEach(builder::seed);
      application.install(builder, node.index(), reports);
    }
    hook.build(node, builder);
    return new ManagerLife(builder.start(), backend::nowNanos);
  }

  private List<NodeId> seeds(SimulatedNode node) {
    List<NodeId> seeds = new ArrayList<>();
    for (SimulatedNode one : nodes) {
      if (one != node && node.group().hasSeed(one.group(), one.id())) {
        seeds.add(one.address());
      }
    }
    return seeds;
  }
}
