package bdk.p2p.simulator.oracle;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.NodeType;
import bdk.p2p.simulator.fault.ClockSkew;
import bdk.p2p.simulator.fault.DrawnFault;
import bdk.p2p.simulator.run.RunEvent;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.SimulatedNode;
import bdk.p2p.simulator.run.Topology;
import bdk.p2p.simulator.scenario.Scenario;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Every NORMAL node has as many NORMAL peers as it wants, or as there are, as soon as the network
 * has been left alone for long enough, see {@link Recovery}, and from then on. At the end the
 * NORMAL nodes are one network, too.
 *
 * <p>A start, an end of a life, a fault and a ban of a node of the scenario all disturb, the ban
 * for as long as it lasts, by a clock that a fault may have set; whether it was just is for {@link
 * NobodyPunished} to say. So does the end of a session that a node closes for what it got or waited
 * for, if a fault may have altered its bytes: a wrong length is found only when so much has come.
 * At the end it is judged in any case if nothing has disturbed the cool-down, which is there for
 * what is under way.
 *
 * <p>Two NORMAL nodes that take each other for DISCOVERY nodes, because a fault may have altered
 * both handshakes, have each other for NORMAL peers: neither can tell. A node that is full need not
 * have more; a network of which some nodes want no peers need not be one.
 */
final class DiscoveryConverges implements Claim {
  private static final int SHOWN = 5;

  private final Topology topology = new Topology();
  private final Recovery recovery;
  private final AlteredSessions altered = new AlteredSessions();
  private final Set<InetAddress> addresses = new LinkedHashSet<>();
  private final Set<SimulatedNode> starting = new LinkedHashSet<>();
  private final Map<SimulatedNode, Long> endedNanos = new LinkedHashMap<>();
  private int faultsOn;
  private final long workloadEndNanos;
  private final long coolDownNanos;
  private long disturbedNanos;
  private long dueNanos;
  private long bannedUntilNanos;
  private long clockBehindNanos;
  private long clockAheadNanos;
  private int judged;

  DiscoveryConverges(Scenario scenario) {
    this.recovery = new Recovery(scenario);
    this.coolDownNanos = scenario.coolDown().toNanos();
    this.workloadEndNanos = scenario.warmUp().plus(scenario.duration()).toNanos();
  }

  @Override
  public String name() {
    return "discovery-converges";
  }

  @Override
  public Optional<String> on(RunEvent event) {
    altered.on(event);
    if (event instanceof RunEvent.Disconnected gone && endedForAlteredBytes(gone)) {
      disturbed(gone.nanos(), 0);
    }
    topology.on(event);
    if (event instanceof RunEvent.Started started) {
      addresses.add(started.node().address().address());
      if (started.isUpLater()) {
        starting.add(started.node());
      }
      disturbed(event.nanos(), 0);
    } else if (event instanceof RunEvent.Up up) {
      starting.remove(up.node());
      disturbed(event.nanos(), downNanos(up.node(), event.nanos()));
    } else if (event instanceof RunEvent.Ended ended) {
      starting.remove(ended.node());
      endedNanos.put(ended.node(), ended.nanos());
      disturbed(event.nanos(), 0);
    } else if (event instanceof RunEvent.Banned banned
        && addresses.contains(banned.ban().address())) {
      long lasting = banned.node().group().options().guard().banTime().toNanos();
      bannedUntilNanos = Math.max(bannedUntilNanos, banned.nanos() + lasting);
      disturbedByBans();
    } else if (event instanceof RunEvent.FaultBegan began) {
      faultsOn++;
      if (began.fault().fault() instanceof ClockSkew skew) {
        clockBehindNanos = Math.max(clockBehindNanos, -skew.least().toNanos());
        clockAheadNanos = Math.max(clockAheadNanos, skew.most().toNanos());
        disturbedByBans();
      }
    } else if (event instanceof RunEvent.FaultEnded ended) {
      faultsOn--;
      disturbed(ended.nanos(), stalledNanos(ended));
    } else if (event instanceof RunEvent.Sampled sampled && isQuiet(sampled.nanos())) {
      judged++;
      return shown(
          outside(sampled.nodes().stream().map(state -> state.node()).toList()),
          "too few peers at ");
    }
    return Optional.empty();
  }

  /** A ban ends by the wall clock: set back, by a fault or by its end, it makes the ban longer. */
  private void disturbedByBans() {
    if (bannedUntilNanos > 0) {
      disturbed(bannedUntilNanos + clockBehindNanos + clockAheadNanos, 0);
    }
  }

  /**
   * For how long nobody has answered there, the time to start included, which is not the fault's;
   * others' address books let it rest meanwhile.
   */
  private long downNanos(SimulatedNode node, long nanos) {
    return nanos - endedNanos.getOrDefault(node, nanos);
  }

  /** Asked before the topology forgets the session. */
  private boolean endedForAlteredBytes(RunEvent.Disconnected gone) {
    CloseReason.Code code = gone.reason().code();
    return (code == CloseReason.Code.VIOLATION || code == CloseReason.Code.FRAME_TIMEOUT)
        && topology
            .node(gone.peer().id())
            .filter(other -> mayBeAltered(gone.node(), other))
            .isPresent();
  }

  private boolean mayBeAltered(SimulatedNode node, SimulatedNode other) {
    OptionalLong since = topology.since(node, other);
    return since.isPresent()
        && altered.between(
            node.index(), other.index(), since.getAsLong() - AlteredSessions.OPENING_NANOS);
  }

  /** How long senders and address books were kept waiting: not by a life that ended. */
  private static long stalledNanos(RunEvent.FaultEnded ended) {
    DrawnFault fault = ended.fault();
    return fault.fault().disturbsDelivery() ? ended.nanos() - fault.fromNanos() : 0;
  }

  private void disturbed(long nanos, long lastingNanos) {
    disturbedNanos = Math.max(disturbedNanos, nanos);
    dueNanos = Math.max(dueNanos, nanos + recovery.discoveryNanos(lastingNanos));
  }

  private boolean isQuiet(long nanos) {
    return faultsOn == 0 && starting.isEmpty() && nanos > dueNanos;
  }

  private List<SimulatedNode> outside(List<SimulatedNode> up) {
    List<SimulatedNode> normal = normal(up);
    return normal.stream().filter(node -> !hasEnough(node, normal.size())).toList();
  }

  private static List<SimulatedNode> normal(List<SimulatedNode> up) {
    return up.stream().filter(node -> node.type() == NodeType.NORMAL).toList();
  }

  private boolean hasEnough(SimulatedNode node, int normal) {
    int wanted = Math.min(node.group().minPeers(), normal - 1);
    int peers = topology.normalPeers(node);
    return peers >= wanted
        || topology.peers(node) >= node.group().maxPeers()
        || peers + mistaken(node) >= wanted;
  }

  private long mistaken(SimulatedNode node) {
    return topology.mistaken(node).stream().filter(other -> mayBeAltered(node, other)).count();
  }

  private static Optional<String> shown(List<SimulatedNode> nodes, String what) {
    List<SimulatedNode> first = nodes.subList(0, Math.min(SHOWN, nodes.size()));
    int more = nodes.size() - first.size();
    return nodes.isEmpty()
        ? Optional.empty()
        : Optional.of(what + first + (more > 0 ? " and " + more + " more" : ""));
  }

  @Override
  public ClaimResult check(RunRecord run) {
    List<SimulatedNode> normal = normal(run.nodes().stream().filter(SimulatedNode::isUp).toList());
    IntSummaryStatistics peers =
        normal.stream().mapToInt(topology::normalPeers).summaryStatistics();
    String figures =
        normal.isEmpty()
            ? "none"
            : String.format(
                Locale.ROOT,
                "%d to %d, %.1f on average",
                peers.getMin(),
                peers.getMax(),
                peers.getAverage());
    // Whoever starts late has the whole cool-down, which then ends later.
    long restNanos = Math.max(workloadEndNanos, run.virtualNanos() - coolDownNanos);
    boolean restful =
        faultsOn == 0 && starting.isEmpty() && disturbedNanos <= restNanos && run.isWhole();
    if (!restful && !isQuiet(run.virtualNanos())) {
      return result(
          true, "judged " + judged + " times; too early to say at the end; peers " + figures);
    }
    List<String> wrong = new ArrayList<>();
    shown(outside(normal), "too few peers at ").ifPresent(wrong::add);
    shown(cutOff(normal), "not in one network with the others: ").ifPresent(wrong::add);
    return result(
        wrong.isEmpty(),
        "judged " + (judged + 1) + " times; peers at the end " + figures + shown(wrong));
  }

  private static String shown(List<String> wrong) {
    return wrong.isEmpty() ? "" : "; " + String.join("; ", wrong);
  }

  /** Those outside the network of the first one, or nobody if somebody wants no peers. */
  private List<SimulatedNode> cutOff(List<SimulatedNode> normal) {
    boolean allWantPeers = normal.stream().allMatch(node -> node.group().minPeers() > 0);
    if (normal.isEmpty() || !allWantPeers) {
      return List.of();
    }
    List<SimulatedNode> others = new ArrayList<>(normal);
    others.removeAll(topology.reachable(normal.get(0)));
    return others;
  }
}
