package bdk.p2p.simulator.run;

import bdk.p2p.manager.ManagerStatistics;
import bdk.p2p.manager.Peer;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.NodeType;
import bdk.p2p.message.RequestOutcome;
import bdk.p2p.simulator.backend.Machine;
import bdk.p2p.simulator.scenario.NodeGroup;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One place in the simulated network: a machine, and the node that runs on it, which may crash and
 * be followed by another. Driver's thread only.
 */
public final class SimulatedNode {
  /** The port that every simulated node listens on. */
  static final int PORT = 7000;

  private final int index;
  private final String id;
  private final NodeGroup group;
  private final int region;
  private final Machine machine;
  private final Map<RequestOutcome, Long> requests = new EnumMap<>(RequestOutcome.class);
  private final Map<DropReason, Long> drops = new EnumMap<>(DropReason.class);
  private final Map<CloseReason.Code, Long> disconnected = new EnumMap<>(CloseReason.Code.class);
  private final List<Long> crashesNanos = new ArrayList<>();
  private NodeLife life;
  private NodeLife lastLife;
  private List<NodeId> persistedPeers = List.of();
  private long startedNanos;
  private long bytesIn;
  private long bytesOut;

  SimulatedNode(int index, String id, NodeGroup group, int region, Machine machine) {
    this.index = index;
    this.id = id;
    this.group = group;
    this.region = region;
    this.machine = machine;
  }

  /** Its place in the list of nodes. */
  public int index() {
    return index;
  }

  /** Its name in reports. */
  public String id() {
    return id;
  }

  /** The group it belongs to. */
  public NodeGroup group() {
    return group;
  }

  /** What it serves. */
  public NodeType type() {
    return group.type();
  }

  /** The index of its region. */
  public int region() {
    return region;
  }

  /** Where it listens. */
  public NodeId address() {
    return new NodeId(machine.address(), PORT);
  }

  /** True unless it is down after a crash. */
  public boolean isUp() {
    return life != null;
  }

  /** When its present life began, in virtual time. */
  public long startedNanos() {
    return startedNanos;
  }

  /** When its lives ended before the run did, in order. */
  public List<Long> crashesNanos() {
    return crashesNanos;
  }

  /** True if a life ended in this span of virtual time, both ends included. */
  public boolean crashedWithin(long fromNanos, long untilNanos) {
    return crashesNanos.stream().anyMatch(nanos -> nanos >= fromNanos && nanos <= untilNanos);
  }

  /** Peers of type NORMAL that it has now. */
  public int normalPeers() {
    return isUp()
        ? (int) life.peers().stream().filter(peer -> peer.type() == NodeType.NORMAL).count()
        : 0;
  }

  /** What it has done and how its sessions are now; only while it is up. */
  NodeState state() {
    return new NodeState(
        this, life.statistics(), life.peers().stream().map(Peer::statistics).toList());
  }

  /** Peers of any type that it has now. */
  public int peers() {
    return isUp() ? life.peers().size() : 0;
  }

  /** Bytes read in all its lives. */
  public long bytesIn() {
    return bytesIn;
  }

  /** Bytes written in all its lives. */
  public long bytesOut() {
    return bytesOut;
  }

  /** Its own and the workload's requests that ended, in all its lives. */
  public Map<RequestOutcome, Long> requests() {
    return requests;
  }

  /** Messages dropped, in all its lives. */
  public Map<DropReason, Long> drops() {
    return drops;
  }

  /** Peers that went, in all its lives. */
  public Map<CloseReason.Code, Long> disconnected() {
    return disconnected;
  }

  Machine machine() {
    return machine;
  }

  /** Its present life, or its last if it is down. */
  NodeLife lastLife() {
    return lastLife;
  }

  /** The NORMAL peers of its last life, which a restart may find again. */
  List<NodeId> persistedPeers() {
    return persistedPeers;
  }

  /** Its present life; null while it is down. */
  NodeLife life() {
    return life;
  }

  void started(NodeLife begun, long nanos) {
    life = begun;
    lastLife = begun;
    startedNanos = nanos;
  }

  /** Its life is about to end. */
  void ended(long nanos) {
    // A corrupted handshake may have announced a port where nothing can listen.
    persistedPeers =
        life.peers().stream()
            .filter(peer -> peer.type() == NodeType.NORMAL)
            .map(Peer::id)
            .filter(NodeId::isDialable)
            .toList();
    endLife();
    crashesNanos.add(nanos);
    life = null;
  }

  /** Closes its node for good, after the run; any thread that the driver starts for it. */
  void close() {
    life.close();
  }

  /** Adds what the present life has done to the sums. */
  void endLife() {
    if (life == null) {
      return;
    }
    ManagerStatistics statistics = life.statistics();
    bytesIn += statistics.bytesIn();
    bytesOut += statistics.bytesOut();
    statistics.requests().forEach((outcome, count) -> requests.merge(outcome, count, Long::sum));
    statistics.drops().forEach((reason, count) -> drops.merge(reason, count, Long::sum));
    statistics
        .disconnected()
        .forEach((reason, count) -> disconnected.merge(reason, count, Long::sum));
  }

  @Override
  public String toString() {
    return id;
  }
}
