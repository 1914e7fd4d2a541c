package bdk.p2p.simulator.run;

import bdk.p2p.manager.Manager;
import bdk.p2p.manager.ManagerBuilder;
import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.manager.NodeListener;
import bdk.p2p.manager.Peer;
import bdk.p2p.message.Broadcast;
import bdk.p2p.message.ChainHead;
import bdk.p2p.message.Command;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.Message;
import bdk.p2p.message.NodeType;
import bdk.p2p.message.PayloadList;
import bdk.p2p.message.Verdict;
import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.scenario.Workload;
import bdk.p2p.simulator.world.World;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Starts nodes with the little application that the workload needs: it relays every broadcast and
 * notes its arrival, and answers requests for blocks. Driver's thread only.
 */
final class NodeStarter {
  private final Scenario scenario;
  private final World world;
  private final List<SimulatedNode> nodes;
  private final List<BroadcastRecord> broadcasts = new ArrayList<>();

  NodeStarter(Scenario scenario, World world, List<SimulatedNode> nodes) {
    this.scenario = scenario;
    this.world = world;
    this.nodes = nodes;
  }

  /** Every broadcast so far; its index is in the first eight bytes of its payload. */
  List<BroadcastRecord> broadcasts() {
    return broadcasts;
  }

  void start(SimulatedNode node) {
    ManagerBuilder builder =
        Manager.builder()
            .environment(node.host().environment())
            .type(node.type())
            .listen(node.address().address().getHostAddress(), SimulatedNode.PORT)
            .options(
                ManagerOptions.builder()
                    .minPeers(node.group().minPeers())
                    .maxPeers(node.group().maxPeers())
                    .build());
    if (node.type() == NodeType.NORMAL) {
      seeds(builder);
      serve(builder, node);
    }
    node.started(builder.start(), world.now());
  }

  private void seeds(ManagerBuilder builder) {
    nodes.stream()
        .filter(one -> one.type() == NodeType.DISCOVERY)
        .forEach(one -> builder.seed(one.address()));
  }

  private void serve(ManagerBuilder builder, SimulatedNode node) {
    AtomicLong height = new AtomicLong();
    builder
        .chainHead(() -> new ChainHead(1, height.get(), ByteBuffer.allocate(ChainHead.HASH_BYTES)))
        .listener(new DuplicateCounter())
        .onBroadcast(
            command -> true,
            (peer, broadcast) -> {
              if (broadcast.command().equals(Command.BROADCAST_BLOCK)) {
                height.incrementAndGet();
              }
              recordOf(broadcast).arrived(node, world.now());
              return Verdict.RELAY;
            });
    scenario
        .workload()
        .requests()
        .ifPresent(
            stream -> builder.onRequest(Command.REQUEST_BLOCK, (peer, request) -> blockOf(stream)));
  }

  private static ByteBuffer blockOf(Workload.Requests stream) {
    return PayloadList.BLOCKS.join(List.of(ByteBuffer.allocate(stream.answerBytes())));
  }

  private BroadcastRecord recordOf(Message broadcast) {
    return broadcasts.get((int) broadcast.payload().getLong());
  }

  /** Notes each copy that a node has already. */
  private final class DuplicateCounter implements NodeListener {
    @Override
    public void dropped(Peer peer, Message message, DropReason reason) {
      if (reason == DropReason.ALREADY_SEEN && message instanceof Broadcast) {
        recordOf(message).duplicate();
      }
    }
  }
}
