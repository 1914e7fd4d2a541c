package bdk.p2p.simulator.oracle;

import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.manager.PeerStatistics;
import bdk.p2p.message.NodeType;
import bdk.p2p.simulator.run.NodeState;
import bdk.p2p.simulator.run.RunEvent;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.scenario.NodeGroup;
import bdk.p2p.simulator.scenario.Scenario;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Every queue, cache and buffer of every node stays under its bound. Looked at once a second.
 *
 * <pre>
 *  peers             maxPeers
 *  seenBroadcasts    seenBroadcasts
 *  knownAddresses    knownAddresses, or the seeds if they are more
 *  arrivingBytes     totalArrivingBytes + one more frame and reading, {@value #READING_BYTES}
 *  heldBytes         twice totalInboxBytes + what each session may overshoot
 *  queuedBytes       twice totalOutboundBytes + what each session may overshoot
 *  of each session:
 *  arrivingBytes     maxPayloadBytes + one reading
 *  queuedMessages    outboundMessages + inboxMessages (answers wait, too) + {@value #PINGS} pings
 *  queuedBytes       outboundBytes or one larger message + inboxMessages x largest answer
 *  heldMessages      inboxMessages + the one that overshoots
 *  heldBytes         inboxBytes + the one that overshoots + inboxMessages x largest answer
 *  pendingRequests   pendingRequests + {@value #PINGS} pings of the core's own
 * </pre>
 */
final class BoundsKept implements Claim {
  private static final int PINGS = 8;
  private static final int READING_BYTES = 16 << 16;
  private static final int HEADER_BYTES = 32;
  private static final int LISTED_NODE_BYTES = 20;

  private final Map<String, Double> fullest = new LinkedHashMap<>();
  private final long largestMessage;
  private final long largestAnswer;
  private final int seedsIfUnnamed;
  private final int seedsIfNamed;
  private Optional<String> first = Optional.empty();
  private int wrong;

  BoundsKept(Scenario scenario) {
    long nodeLists =
        scenario.groups().stream()
            .mapToLong(group -> 64L + (long) LISTED_NODE_BYTES * group.maxPeers())
            .max()
            .orElse(0);
    long answers = scenario.workload().requests().map(one -> one.answerBytes()).orElse(0);
    long broadcasts =
        scenario.workload().broadcasts().stream().mapToLong(one -> one.bytes()).max().orElse(0);
    long notifications = scenario.workload().notifications().map(one -> one.bytes()).orElse(0);
    this.largestAnswer = HEADER_BYTES + Math.max(nodeLists, answers);
    this.largestMessage =
        Math.max(largestAnswer, HEADER_BYTES + Math.max(broadcasts, notifications));
    this.seedsIfNamed = scenario.nodeCount();
    this.seedsIfUnnamed =
        scenario.groups().stream()
            .filter(group -> group.type() == NodeType.DISCOVERY)
            .mapToInt(NodeGroup::count)
            .sum();
  }

  @Override
  public String name() {
    return "bounds-kept";
  }

  @Override
  public Optional<String> on(RunEvent event) {
    if (!(event instanceof RunEvent.Sampled sampled)) {
      return Optional.empty();
    }
    first = Optional.empty();
    sampled.nodes().forEach(this::look);
    return first;
  }

  private void look(NodeState state) {
    ManagerOptions options = state.node().group().options();
    int seeds = state.node().group().seeds().isEmpty() ? seedsIfUnnamed : seedsIfNamed;
    compare(state, "peers", state.statistics().peers(), options.maxPeers());
    compare(state, "seenBroadcasts", state.statistics().seenBroadcasts(), options.seenBroadcasts());
    compare(
        state,
        "knownAddresses",
        state.statistics().knownAddresses(),
        Math.max(options.knownAddresses(), seeds + options.maxPeers()));
    compareTotals(state, options);
    for (PeerStatistics peer : state.peers()) {
      look(state, peer, options);
    }
  }

  private void compareTotals(NodeState state, ManagerOptions options) {
    long sessions = (long) options.maxPeers() + options.maxHandshakes() + options.maxDials();
    compare(
        state,
        "arrivingBytes in all",
        state.statistics().arrivingBytes(),
        options.totalArrivingBytes() + options.maxPayloadBytes() + READING_BYTES);
    compare(
        state,
        "heldBytes in all",
        state.statistics().heldBytes(),
        2 * options.totalInboxBytes() + sessions * largestMessage);
    compare(
        state,
        "queuedBytes in all",
        state.statistics().queuedBytes(),
        2 * options.totalOutboundBytes() + sessions * largestMessage);
  }

  private void look(NodeState state, PeerStatistics peer, ManagerOptions options) {
    compare(
        state,
        "arrivingBytes",
        peer.arrivingBytes(),
        (long) options.maxPayloadBytes() + READING_BYTES);
    long answers = options.inboxMessages() * largestAnswer;
    compare(
        state,
        "queuedMessages",
        peer.queuedMessages(),
        (long) options.outboundMessages() + options.inboxMessages() + PINGS);
    compare(
        state,
        "queuedBytes",
        peer.queuedBytes(),
        Math.max(options.outboundBytes(), largestMessage) + answers);
    compare(state, "heldMessages", peer.heldMessages(), options.inboxMessages() + 1L);
    compare(state, "heldBytes", peer.heldBytes(), options.inboxBytes() + largestMessage + answers);
    compare(
        state, "pendingRequests", peer.pendingRequests(), (long) options.pendingRequests() + PINGS);
  }

  private void compare(NodeState state, String what, long value, long bound) {
    if (value == 0) {
      return;
    }
    fullest.merge(what, (double) value / bound, Math::max);
    if (value > bound) {
      wrong++;
      if (first.isEmpty()) {
        first =
            Optional.of(
                "%s of %s: %d, the bound is %d".formatted(what, state.node(), value, bound));
      }
    }
  }

  @Override
  public ClaimResult check(RunRecord run) {
    StringBuilder detail = new StringBuilder(wrong + " above their bound; the fullest were");
    fullest.forEach(
        (what, part) ->
            detail.append(String.format(Locale.ROOT, " %s at %.3g %%,", what, 100 * part)));
    return result(wrong == 0, detail.substring(0, detail.length() - 1));
  }
}
