package bdk.p2p.simulator.run;

import bdk.p2p.manager.Peer;
import bdk.p2p.message.BlockRange;
import bdk.p2p.message.Command;
import bdk.p2p.message.NodeType;
import bdk.p2p.simulator.scenario.Workload;
import bdk.p2p.simulator.world.World;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Lets nodes publish and ask, chosen at random among those that are up and connected. Driver's
 * thread only.
 */
final class WorkloadDriver {
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(10);

  private final World world;
  private final List<SimulatedNode> nodes;
  private final List<BroadcastRecord> broadcasts;
  private final List<RequestRecord> requests = new ArrayList<>();

  WorkloadDriver(World world, List<SimulatedNode> nodes, List<BroadcastRecord> broadcasts) {
    this.world = world;
    this.nodes = nodes;
    this.broadcasts = broadcasts;
  }

  /** Every request so far. */
  List<RequestRecord> requests() {
    return requests;
  }

  /** Nodes that take part now; nobody else can be expected to publish or to hear. */
  private List<SimulatedNode> active() {
    return nodes.stream()
        .filter(node -> node.type() == NodeType.NORMAL && node.normalPeers() > 0)
        .toList();
  }

  void publish(Workload.Broadcasts stream) {
    List<SimulatedNode> active = active();
    if (active.isEmpty()) {
      return;
    }
    RandomGenerator random = world.random("workload/broadcasts/" + stream.name());
    SimulatedNode origin = active.get(random.nextInt(active.size()));
    byte[] payload = new byte[stream.bytes()];
    random.nextBytes(payload);
    ByteBuffer bytes = ByteBuffer.wrap(payload).putLong(0, broadcasts.size());
    Set<SimulatedNode> audience = new LinkedHashSet<>(active);
    audience.remove(origin);
    broadcasts.add(
        new BroadcastRecord(stream.name(), origin, stream.bytes(), world.now(), audience));
    origin.manager().broadcast(Command.of(stream.command()), bytes);
  }

  void ask(Workload.Requests stream) {
    List<SimulatedNode> active = active();
    if (active.isEmpty()) {
      return;
    }
    RandomGenerator random = world.random("workload/requests");
    SimulatedNode asker = active.get(random.nextInt(active.size()));
    List<Peer> peers =
        asker.manager().peers().stream().filter(peer -> peer.type() == NodeType.NORMAL).toList();
    Peer peer = peers.get(random.nextInt(peers.size()));
    ByteBuffer range = new BlockRange(1, 1, stream.answerBytes()).encode();
    RequestRecord record = new RequestRecord(asker, world.now(), REQUEST_LIMIT.toNanos());
    requests.add(record);
    asker
        .manager()
        .request(peer, Command.REQUEST_BLOCK, range, REQUEST_LIMIT)
        .whenComplete((answer, failure) -> record.ended());
  }
}
