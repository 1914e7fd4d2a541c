package bdk.p2p.simulator.run;

import bdk.p2p.manager.Manager;
import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.message.NodeType;
import bdk.p2p.simulator.backend.Backend;
import bdk.p2p.simulator.backend.Distances;
import bdk.p2p.simulator.backend.Machine;
import bdk.p2p.simulator.backend.MachineSpec;
import bdk.p2p.simulator.backend.VirtualBackend;
import bdk.p2p.simulator.scenario.BackendKind;
import bdk.p2p.simulator.scenario.Bounds;
import bdk.p2p.simulator.scenario.NodeGroup;
import bdk.p2p.simulator.scenario.RegionModel;
import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.scenario.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
      NodeGroup.of(
          "node", 3, NodeType.NORMAL, ManagerOptions.builder().minPeers(2).maxPeers(3).build());
  private static final NodeGroup DISCOVERY =
      NodeGroup.of(
          "discovery",
          1,
          NodeType.DISCOVERY,
          ManagerOptions.builder().minPeers(0).maxPeers(9).build());
  private static final Workload BROADCASTS_AND_REQUESTS =
      new Workload(
          List.of(new Workload.Broadcasts("transactions", 5, 100, Duration.ofSeconds(1))),
          Optional.of(new Workload.Requests(Duration.ofSeconds(1), 100)),
          Optional.empty());

  private static final Distances NEAR =
      new Distances() {
        @Override
        public double latencyMillis(int from, int to) {
          return 10;
        }

        @Override
        public double jitter() {
          return 0;
        }

        @Override
        public long bitsPerSecond(int from, int to) {
          return 0;
        }
      };

  private final Backend world = new VirtualBackend(1, NEAR);
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final List<LinkRecord> links = new ArrayList<>();
  private final List<BroadcastRecord> broadcasts = new ArrayList<>();
  private final List<RequestRecord> requests = new ArrayList<>();
  private final List<Integer> peers = new ArrayList<>();
  private final List<Integer> normalPeers = new ArrayList<>();
  private Workload workload = BROADCASTS_AND_REQUESTS;

  /** Nothing is to be published or asked. */
  public void wantNothing() {
    workload = Workload.none();
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
    Machine machine = world.machine(new MachineSpec(nodes.size(), 0, 0));
    SimulatedNode node =
        new SimulatedNode(nodes.size(), group.name() + "-" + nodes.size(), group, 0, machine);
    nodes.add(node);
    peers.add(peersAtEnd);
    normalPeers.add(normalPeersAtEnd);
    start(node, 1);
    return node;
  }

  private void start(SimulatedNode node, long nanos) {
    node.started(
        Manager.builder()
            .environment(node.machine().environment())
            .type(node.type())
            .options(ManagerOptions.defaults())
            .listen(node.address().address().getHostAddress(), SimulatedNode.PORT)
            .start(),
        nanos);
  }

  /** It crashes and stays away. */
  public void crash(SimulatedNode node, long nanos) {
    node.ended(nanos);
    node.machine().powerOff();
  }

  /** It crashes and is back one millisecond later. */
  public void crashAndReturn(SimulatedNode node, long nanos) {
    crash(node, nanos);
    node.machine().powerOn();
    start(node, nanos + MILLI);
  }

  /** A session from one time to another. */
  public void link(SimulatedNode a, SimulatedNode b, long fromNanos, long untilNanos) {
    links.add(new LinkRecord(a, b, fromNanos, untilNanos));
  }

  /** A broadcast that these nodes are there to hear. */
  public BroadcastRecord publish(SimulatedNode origin, long nanos, SimulatedNode... audience) {
    Set<SimulatedNode> there = new LinkedHashSet<>(List.of(audience));
    BroadcastRecord broadcast = new BroadcastRecord("transactions", origin, 5, 100, nanos, there);
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
    RequestRecord request = new RequestRecord(asker, -1, nanos, 10 * SECOND);
    for (int ending = 0; ending < endings; ending++) {
      request.ended(nanos + MILLI, Optional.empty());
    }
    requests.add(request);
  }

  /** The record of it all. */
  public RunRecord record() {
    Scenario scenario =
        new Scenario(
            "hand-made",
            "A run that never was.",
            BackendKind.VIRTUAL,
            new RegionModel(List.of(), List.of(), 0, 0),
            List.of(NORMAL, DISCOVERY),
            List.of(),
            Duration.ZERO,
            Duration.ofSeconds(90),
            Duration.ofSeconds(10),
            workload,
            List.of(),
            new Bounds(
                Optional.of(Duration.ofSeconds(1)),
                0.5,
                OptionalLong.empty(),
                List.of(),
                List.of()));
    return new RunRecord(
        scenario,
        "virtual",
        1,
        "",
        0,
        END,
        0,
        nodes,
        links,
        broadcasts,
        requests,
        List.of(),
        List.of(),
        peers,
        normalPeers,
        (from, to) -> 10);
  }

  @Override
  public void close() {
    world.close();
  }
}
