package bdk.p2p.simulator.run;

import bdk.p2p.manager.Manager;
import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.manager.Peer;
import bdk.p2p.message.Ban;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.MessageType;
import bdk.p2p.message.NodeType;
import bdk.p2p.simulator.backend.Backend;
import bdk.p2p.simulator.backend.Distances;
import bdk.p2p.simulator.backend.Leftovers;
import bdk.p2p.simulator.backend.Machine;
import bdk.p2p.simulator.backend.MachineSpec;
import bdk.p2p.simulator.backend.VirtualBackend;
import bdk.p2p.simulator.fault.DrawnFault;
import bdk.p2p.simulator.fault.Fault;
import bdk.p2p.simulator.scenario.BackendKind;
import bdk.p2p.simulator.scenario.Bounds;
import bdk.p2p.simulator.scenario.NodeGroup;
import bdk.p2p.simulator.scenario.RegionModel;
import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.scenario.Workload;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
  private final List<FaultOutcome> faults = new ArrayList<>();
  private final List<RunEvent> told = new ArrayList<>();
  private final List<RunListener> listeners = new ArrayList<>();
  private final Map<List<SimulatedNode>, Peer> handles = new HashMap<>();
  private Workload workload = BROADCASTS_AND_REQUESTS;
  private Optional<Leftovers> leftovers = Optional.empty();
  private long end = END;

  /** Nothing is to be published or asked. */
  public void wantNothing() {
    workload = Workload.none();
  }

  /** It ends before its time. */
  public void cutShort(long nanos) {
    end = nanos;
  }

  /** What is left at the end. */
  public void leave(Leftovers left) {
    leftovers = Optional.of(left);
  }

  /** Tells somebody of all that has happened, and of all that will. */
  public void listen(RunListener listener) {
    told.forEach(listener::on);
    listeners.add(listener);
  }

  private void tell(RunEvent event) {
    told.add(event);
    listeners.forEach(listener -> listener.on(event));
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
    Manager manager =
        Manager.builder()
            .environment(node.machine().environment())
            .type(node.type())
            .options(ManagerOptions.defaults())
            .listen(node.address().address().getHostAddress(), SimulatedNode.PORT)
            .start();
    node.started(new ManagerLife(manager, world::nowNanos), nanos);
    tell(new RunEvent.Started(nanos, node));
  }

  /** It crashes and stays away. */
  public void crash(SimulatedNode node, long nanos) {
    node.ended(nanos);
    node.machine().powerOff();
    tell(new RunEvent.Ended(nanos, node));
  }

  /** It crashes and is back one millisecond later. */
  public void crashAndReturn(SimulatedNode node, long nanos) {
    crash(node, nanos);
    node.machine().powerOn();
    start(node, nanos + MILLI);
  }

  /** It ends, and is started as one that takes its time until it is {@linkplain #up up}. */
  public void restartSlowly(SimulatedNode node, long endNanos, long startNanos) {
    tell(new RunEvent.Ended(endNanos, node));
    tell(new RunEvent.Started(startNanos, node, true));
  }

  /** Its start is over. */
  public void up(SimulatedNode node, long nanos) {
    tell(new RunEvent.Up(nanos, node));
  }

  /** A session from one time to another. */
  public void link(SimulatedNode a, SimulatedNode b, long fromNanos, long untilNanos) {
    links.add(new LinkRecord(a, b, fromNanos, untilNanos, untilNanos));
  }

  /** Each has the other for a peer. */
  public void connect(SimulatedNode a, SimulatedNode b, long nanos) {
    connected(a, b, nanos);
    connected(b, a, nanos);
  }

  /** One has the other for a peer. */
  public Peer connected(SimulatedNode node, SimulatedNode other, long nanos) {
    return connected(node, other, other.type(), nanos);
  }

  /** One has the other for a peer, and takes it for a node of this type. */
  public Peer connected(SimulatedNode node, SimulatedNode other, NodeType type, long nanos) {
    Peer peer = new HandMadePeer(other.address(), type);
    handles.put(List.of(node, other), peer);
    tell(new RunEvent.Connected(nanos, node, peer));
    return peer;
  }

  /** One loses the other. */
  public void disconnected(
      SimulatedNode node, SimulatedNode other, long nanos, CloseReason.Code code) {
    tell(
        new RunEvent.Disconnected(
            nanos, node, handles.remove(List.of(node, other)), CloseReason.of(code)));
  }

  /** One refuses whoever came from an address. */
  public void refused(SimulatedNode node, InetAddress from, long nanos, CloseReason.Code code) {
    InetSocketAddress address = new InetSocketAddress(from, 50_000);
    tell(new RunEvent.Refused(nanos, node, address, CloseReason.of(code)));
  }

  /** One bans an address. */
  public void banned(SimulatedNode node, InetAddress address, long nanos) {
    Instant until = Instant.EPOCH.plusSeconds(3_600);
    tell(new RunEvent.Banned(nanos, node, new Ban(address, 32, until, "by hand")));
  }

  /** A node drops a message. */
  public void dropped(SimulatedNode node, long nanos, DropReason reason) {
    tell(new RunEvent.Dropped(nanos, node, null, MessageType.ANSWER, reason));
  }

  /** A handler fails. */
  public void handlerFailed(SimulatedNode node, long nanos) {
    tell(new RunEvent.HandlerFailed(nanos, node, "oh"));
  }

  /** A node hears a number of another, on their session. */
  public void notified(SimulatedNode node, SimulatedNode sender, long nanos, long number) {
    notified(node, sender, nanos, 0, number);
  }

  /** The same, sent in a certain life of the sender. */
  public void notified(
      SimulatedNode node, SimulatedNode sender, long nanos, int life, long number) {
    Peer peer = handles.get(List.of(node, sender));
    tell(new RunEvent.Notified(nanos, node, peer, sender.index(), life, number));
  }

  /** A fault from one time to another, which did something so many times. */
  public void fault(Fault fault, long fromNanos, long untilNanos, long bit, int... victims) {
    lateFault(fault, fromNanos, untilNanos, untilNanos, bit, victims);
  }

  /** The same, but that it ends later than planned. */
  public void lateFault(
      Fault fault, long fromNanos, long untilNanos, long endNanos, long bit, int... victims) {
    List<Integer> struck = Arrays.stream(victims).boxed().toList();
    DrawnFault drawn =
        new DrawnFault(fault.kind() + faults.size(), fault, struck, fromNanos, untilNanos, 1);
    faults.add(new FaultOutcome(drawn, true, bit));
    tell(new RunEvent.FaultBegan(fromNanos, drawn));
    if (endNanos < end) {
      tell(new RunEvent.FaultEnded(endNanos, drawn));
    }
  }

  /** A look at all nodes that are up, with nothing in their queues. */
  public void sample(long nanos) {
    sample(nanos, nodes.stream().filter(SimulatedNode::isUp).map(SimulatedNode::state).toList());
  }

  /** A look at these. */
  public void sample(long nanos, List<NodeState> states) {
    Sample sample = new Sample(nanos, states.size(), 0, 0, 0, 0, 0);
    tell(new RunEvent.Sampled(nanos, sample, states));
  }

  /** A broadcast that these nodes are there to hear. */
  public BroadcastRecord publish(SimulatedNode origin, long nanos, SimulatedNode... audience) {
    Set<SimulatedNode> there = new LinkedHashSet<>(List.of(audience));
    BroadcastRecord broadcast =
        new BroadcastRecord("transactions", origin, 5, 100, nanos, SECOND, there);
    broadcasts.add(broadcast);
    tell(new RunEvent.Published(nanos, broadcast));
    return broadcast;
  }

  /** A node handles it. */
  public void arrive(BroadcastRecord broadcast, SimulatedNode node, long nanos) {
    broadcast.arrived(node, nanos);
    tell(new RunEvent.Handled(nanos, node, broadcast));
  }

  /** A copy reaches a node that has it. */
  public void duplicate(BroadcastRecord broadcast) {
    broadcast.duplicate();
    tell(new RunEvent.Duplicate(broadcast.publishedNanos(), broadcast.origin(), broadcast));
  }

  /** A request to node 0 that is answered by it so many times, a millisecond later. */
  public void ask(SimulatedNode asker, long nanos, int endings) {
    RequestRecord request = ask(asker, 0, nanos);
    for (int ending = 0; ending < endings; ending++) {
      settle(request, nanos + MILLI, Optional.of(0), Optional.empty());
    }
  }

  /** A request to a node. */
  public RequestRecord ask(SimulatedNode asker, int asked, long nanos) {
    RequestRecord request = new RequestRecord(asker, asked, nanos, 10 * SECOND);
    requests.add(request);
    tell(new RunEvent.Asked(nanos, request));
    return request;
  }

  /** A request ends. */
  public void settle(
      RequestRecord request, long nanos, Optional<Integer> answerer, Optional<String> failure) {
    request.ended(nanos, failure);
    tell(new RunEvent.Settled(nanos, request, answerer, failure));
  }

  /** What is run. */
  public Scenario scenario() {
    return new Scenario(
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
            Optional.of(Duration.ofSeconds(1)), 0.5, OptionalLong.empty(), List.of(), List.of()));
  }

  /** The record of it all. */
  public RunRecord record() {
    return new RunRecord(
        scenario(),
        "virtual",
        1,
        "",
        0,
        end,
        0,
        nodes,
        links,
        broadcasts,
        requests,
        faults,
        List.of(),
        peers,
        normalPeers,
        leftovers,
        (from, to) -> 10);
  }

  @Override
  public void close() {
    world.close();
  }
}
