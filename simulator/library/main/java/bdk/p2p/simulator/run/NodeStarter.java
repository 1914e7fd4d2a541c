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
  private final NodeHook hook;

  NodeStarter(
      Backend backend,
      List<SimulatedNode> nodes,
      Application application,
      RunLog log,
      NodeHook hook) {
    this.backend = backend;
    this.nodes = nodes;
    this.application = application;
    this.log = log;
    this.hook = hook;
  }

  @Override
  public void start(SimulatedNode node, List<NodeId> known) {
    ManagerBuilder builder =
        Manager.builder()
            .environment(hook.environment(node, node.machine().environment()))
            .type(node.type())
            .listen(node.address().address().getHostAddress(), SimulatedNode.PORT)
            .listener(application.listener(node))
            .options(node.group().options());
    if (node.type() == NodeType.NORMAL) {
      seeds(node).forEach(builder::seed);
      known.forEach(builder::seed);
      application.install(builder, node);
    }
    hook.build(node, builder);
    node.started(builder.start(), backend.nowNanos());
    log.tell(new RunEvent.Started(backend.nowNanos(), node));
  }

  private List<NodeId> seeds(SimulatedNode node) {
    List<String> wanted = node.group().seeds();
    List<NodeId> seeds = new ArrayList<>();
    for (SimulatedNode one : nodes) {
      boolean isSeed =
          wanted.isEmpty()
              ? one.type() == NodeType.DISCOVERY
              : wanted.contains(one.id()) || wanted.contains(one.group().name());
      if (isSeed && one != node) {
        seeds.add(one.address());
      }
    }
    return seeds;
  }
}
