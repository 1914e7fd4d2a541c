package bdk.p2p.simulator.run;

import bdk.p2p.manager.Peer;
import bdk.p2p.message.BlockRange;
import bdk.p2p.message.Command;
import bdk.p2p.message.NodeType;
import bdk.p2p.simulator.backend.Backend;
import bdk.p2p.simulator.scenario.Workload;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Lets nodes publish, ask and notify, chosen at random among those that are up and connected.
 * Driver's thread only.
 */
final class WorkloadDriver {
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(10);

  private final Backend backend;
  private final List<SimulatedNode> nodes;
  private final Traffic traffic;
  private final RunLog log;
  private final Topology topology;
  private final DeliveryBound bound;
  private long notifications;

  WorkloadDriver(
      Backend backend,
      List<SimulatedNode> nodes,
      Traffic traffic,
      RunLog log,
      Topology topology,
      DeliveryBound bound) {
    this.backend = backend;
    this.nodes = nodes;
    this.traffic = traffic;
    this.log = log;
    this.topology = topology;
    this.bound = bound;
  }

  /** Nodes that take part now; nobody else can be expected to publish or to hear. */
  private List<SimulatedNode> active() {
    return nodes.stream()
        .filter(
            node -> node.type() == NodeType.NORMAL && node.isUp() && topology.hasNormalPeer(node))
        .toList();
  }

  private Optional<SimulatedNode> draw(List<SimulatedNode> active, RandomGenerator random) {
    return active.isEmpty()
        ? Optional.empty()
        : Optional.of(active.get(random.nextInt(active.size())));
  }

  void publish(Workload.Broadcasts stream) {
    List<SimulatedNode> active = active();
    RandomGenerator random = backend.random("workload/broadcasts/" + stream.name());
    draw(active, random).ifPresent(origin -> publish(stream, origin, random));
  }

  private void publish(Workload.Broadcasts stream, SimulatedNode origin, RandomGenerator random) {
    ByteBuffer bytes =
        Payloads.broadcast(traffic.broadcasts().size(), stream.bytes(), random, backend.salt());
    Set<SimulatedNode> audience = topology.reachable(origin);
    audience.remove(origin);
    BroadcastRecord record =
        new BroadcastRecord(
            stream.name(),
            origin,
            stream.command(),
            stream.bytes(),
            backend.nowNanos(),
            bound.nanos(origin, stream.bytes()),
            audience);
    traffic.broadcasts().add(record);
    log.tell(new RunEvent.Published(backend.nowNanos(), record));
    origin.life().broadcast(Command.of(stream.command()), bytes);
  }

  void ask(Workload.Requests stream) {
    RandomGenerator random = backend.random("workload/requests");
    draw(active(), random).ifPresent(asker -> ask(stream, asker, random));
  }

  private void ask(Workload.Requests stream, SimulatedNode asker, RandomGenerator random) {
    List<Peer> peers = normalPeers(asker);
    if (peers.isEmpty()) {
      return;
    }
    Peer peer = peers.get(random.nextInt(peers.size()));
    ByteBuffer range = new BlockRange(1, 1, stream.answerBytes()).encode();
    RequestRecord record =
        new RequestRecord(asker, indexOf(peer), backend.nowNanos(), REQUEST_LIMIT.toNanos());
    traffic.requests().add(record);
    log.tell(new RunEvent.Asked(backend.nowNanos(), record));
    asker
        .life()
        .ask(
            peer,
            Command.REQUEST_BLOCK,
            range,
            REQUEST_LIMIT,
            (nanos, answerer, failure) ->
                log.tell(new RunEvent.Settled(nanos, record, answerer, failure)));
  }

  void announce(Workload.Notifications stream) {
    RandomGenerator random = backend.random("workload/notifications");
    draw(active(), random)
        .ifPresent(
            sender ->
                sender
                    .life()
                    .notifyAll(
                        Payloads.NOTIFICATION,
                        Payloads.notification(
                            sender.index(),
                            notifications++,
                            sender.crashesNanos().size(),
                            stream.bytes())));
  }

  private static List<Peer> normalPeers(SimulatedNode node) {
    return node.life().peers().stream().filter(peer -> peer.type() == NodeType.NORMAL).toList();
  }

  /** The node that a peer is; -1 for one that is no node of the scenario. */
  private int indexOf(Peer peer) {
    for (SimulatedNode node : nodes) {
      if (node.address().equals(peer.id())) {
        return node.index();
      }
    }
    return -1;
  }
}
