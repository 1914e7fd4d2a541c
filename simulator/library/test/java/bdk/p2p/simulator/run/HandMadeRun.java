package bdk.p2p.simulator.run;

import bdk.p2p.manager.Manager;
import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.message.NodeType;
import bdk.p2p.simulator.scenario.Bounds;
import bdk.p2p.simulator.scenario.Crash;
import bdk.p2p.simulator.scenario.NodeGroup;
import bdk.p2p.simulator.scenario.RegionModel;
import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.scenario.Workload;
import bdk.p2p.simulator.world.Host;
import bdk.p2p.simulator.world.World;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A record written by hand, to show a claim what it must not let pass. Ten milliseconds lie between
 * any two nodes, a broadcast has one second, a request ten, and the run lasts one hundred.
 */
public final class HandMadeRun implements AutoCloseable {
  public static final long MILLI = 1_000_000;
  public static final long SECOND = 1_000 * MILLI;
  public static final long END = 100 * SECOND;
  private static final NodeGroup NORMAL =
      new NodeGroup("node", 3, NodeType.NORMAL, Optional.empty(), 2, 3);
  private static final NodeGroup DISCOVERY =
      new NodeGroup("discovery", 1, NodeType.DISCOVERY, Optional.empty(), 0, 9);
  private static final Workload BROADCASTS_AND_REQUESTS =
      new Workload(
          List.of(new Workload.Broadcasts("transactions", 5, 100, Duration.ofSeconds(1))),
          Optional.of(new Workload.Requests(Duration.ofSeconds(1), 100)));

  private final World world = new World(1);
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final List<LinkRecord> links = new ArrayList<>();
  private final List<BroadcastRecord> broadcasts = new ArrayList<>();
  private final List<RequestRecord> requests = new ArrayList<>();
  private final List<Integer> peers = new ArrayList<>();
  private final List<Integer> normalPeers = new ArrayList<>();
  private Workload workload = BROADCASTS_AND_REQUESTS;
  private List<Crash> crashes = List.of();

  /** Nothing is to be published or asked. */
  public void wantNothing() {
    workload = new Workload(List.of(), Optional.empty());
  }

  /** So many nodes are to crash. */
  public void wantCrashes(int count) {
    crashes = List.of(new Crash(count, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1)));
  }

  /** A NORMAL node that wants two NORMAL peers and takes three of any type. */
  public SimulatedNode normal(int peersAtEnd, int normalPeersAtEnd) {
    return node(NORMAL, peersAtEnd, normalPeersAtEnd);
  }

  /** A NORMAL node with as many peers as it wants. */
  public SimulatedNode normal() {
    return normal(2, 2);
  }

  /** A DISCOVERY node that takes nine peers. */
  public SimulatedNode discovery(int peersAtEnd) {
    return node(DISCOVERY, peersAtEnd, peersAtEnd);
  }

  private SimulatedNode node(NodeGroup group, int peersAtEnd, int normalPeersAtEnd) {
    Host host = world.host(address(nodes.size() + 1));
    SimulatedNode node =
        new SimulatedNode(nodes.size(), group.name() + "-" + nodes.size(), group, 0, host);
    nodes.add(node);
    peers.add(peersAtEnd);
    normalPeers.add(normalPeersAtEnd);
    start(node, 1);
    return node;
  }

  private void start(SimulatedNode node, long nanos) {
    node.started(
        Manager.builder()
            .environment(node.host().environment())
            .type(node.type())
            .options(ManagerOptions.defaults())
            .listen(node.address().address().getHostAddress(), SimulatedNode.PORT)
            .start(),
        nanos);
  }

  /** It crashes and stays away. */
  public void crash(SimulatedNode node, long nanos) {
    node.crash(nanos);
  }

  /** It crashes and is back one millisecond later. */
  public void crashAndReturn(SimulatedNode node, long nanos) {
    node.crash(nanos);
    node.host().restart();
    start(node, nanos + MILLI);
  }

  /** A session from one time to another. */
  public void link(SimulatedNode a, SimulatedNode b, long fromNanos, long untilNanos) {
    links.add(new LinkRecord(a, b, fromNanos, untilNanos));
  }

  /** A broadcast that these nodes are there to hear. */
  public BroadcastRecord publish(SimulatedNode origin, long nanos, SimulatedNode... audience) {
    Set<SimulatedNode> there = new LinkedHashSet<>(List.of(audience));
    BroadcastRecord broadcast = new BroadcastRecord("transactions", origin, 100, nanos, there);
    broadcasts.add(broadcast);
    return broadcast;
  }

  /** A node handles it. */
  public void arrive(BroadcastRecord broadcast, SimulatedNode node, long nanos) {
    broadcast.arrived(node, nanos);
  }

  /** A copy reaches a node that has it. */
  public void duplicate(BroadcastRecord broadcast) {
    broadcast.duplicate();
  }

  /** A request that ends so many times. */
  public void ask(SimulatedNode asker, long nanos, int endings) {
    RequestRecord request = new RequestRecord(asker, nanos, 10 * SECOND);
    for (int ending = 0; ending < endings; ending++) {
      request.ended();
    }
    requests.add(request);
  }

  /** The record of it all. */
  public RunRecord record() {
    Scenario scenario =
        new Scenario(
            "hand-made",
            "A run that never was.",
            new RegionModel(List.of(), List.of(), 0, 0),
            List.of(NORMAL, DISCOVERY),
            Duration.ZERO,
            Duration.ofSeconds(90),
            Duration.ofSeconds(10),
            workload,
            crashes,
            new Bounds(Duration.ofSeconds(1), 0.5));
    return new RunRecord(
        scenario,
        1,
        "",
        0,
        END,
        0,
        nodes,
        links,
        broadcasts,
        requests,
        peers,
        normalPeers,
        (from, to) -> 10);
  }

  private static InetAddress address(int number) {
    try {
      return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) number});
    } catch (UnknownHostException cause) {
      throw new IllegalStateException("four bytes are an address", cause);
    }
  }

  @Override
  public void close() {
    world.close();
  }
}
