package bdk.p2p.simulator.oracle;

import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.message.NodeId;
import bdk.p2p.simulator.run.LinkRecord;
import bdk.p2p.simulator.run.RunEvent;
import bdk.p2p.simulator.run.RunRecord;
import bdk.p2p.simulator.run.SimulatedNode;
import bdk.p2p.simulator.scenario.NodeGroup;
import bdk.p2p.simulator.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * No node has two sessions of one peer: none is told of before the one before has gone, and of two
 * connections between two nodes one ends, at either end, as soon as a contest and the retirement of
 * its loser may take at the longest.
 */
final class OneSessionPerPeer implements Claim {
  private final Map<SimulatedNode, Set<NodeId>> peers = new HashMap<>();
  private final AlteredSessions altered = new AlteredSessions();
  private final long longestNanos;
  private int connected;
  private int wrong;

  OneSessionPerPeer(Scenario scenario) {
    longestNanos =
        scenario.groups().stream()
            .map(NodeGroup::options)
            .mapToLong(OneSessionPerPeer::longestNanos)
            .max()
            .orElse(0);
  }

  /** A contest is two pings, a grace two more; who has answers to write has the idle time. */
  private static long longestNanos(ManagerOptions options) {
    return options
        .handshakeTimeout()
        .plus(options.probeTimeout().multipliedBy(4))
        .plus(options.idleTimeout())
        .plus(options.writeStallTimeout())
        .toNanos();
  }

  @Override
  public String name() {
    return "one-session-per-peer";
  }

  @Override
  public Optional<String> on(RunEvent event) {
    altered.on(event);
    if (event instanceof RunEvent.Connected one) {
      connected++;
      if (!of(one.node()).add(one.peer().id())) {
        wrong++;
        return Optional.of(one.node() + " has a second session of " + one.peer().id());
      }
    } else if (event instanceof RunEvent.Disconnected one) {
      of(one.node()).remove(one.peer().id());
    } else if (event instanceof RunEvent.Ended ended) {
      of(ended.node()).clear();
    }
    return Optional.empty();
  }

  private Set<NodeId> of(SimulatedNode node) {
    return peers.computeIfAbsent(node, unknown -> new HashSet<>());
  }

  @Override
  public ClaimResult check(RunRecord run) {
    Optional<String> second = secondConnection(run);
    String figures = connected + " sessions, " + wrong + " of them beside another of the same peer";
    return result(
        wrong == 0 && second.isEmpty() && (connected > 0 || !run.isWhole()),
        second.map(words -> words + "; " + figures).orElse(figures));
  }

  /** The first connection that was open for too long beside another of the same two nodes. */
  private Optional<String> secondConnection(RunRecord run) {
    Map<Long, List<LinkRecord>> byPair = new HashMap<>();
    for (LinkRecord link : run.links()) {
      long one = link.dialler().index();
      long other = link.acceptor().index();
      List<LinkRecord> former =
          byPair.computeIfAbsent(
              Math.min(one, other) << 32 | Math.max(one, other), pair -> new ArrayList<>());
      for (LinkRecord before : former) {
        long from = Math.max(before.fromNanos(), link.fromNanos());
        long both = Math.min(wholeUntil(before), wholeUntil(link)) - from;
        if (both > longestNanos && !isAltered(link, before)) {
          return Optional.of(
              "%s and %s had two connections for %d ms, expected at most %d ms"
                  .formatted(link.dialler(), link.acceptor(), millis(both), millis(longestNanos)));
        }
      }
      former.add(link);
    }
    return Optional.empty();
  }

  /** Nobody closes what he has when his life ends. */
  private static long wholeUntil(LinkRecord link) {
    return Math.min(
        link.wholeUntilNanos(),
        Math.min(endOfLife(link.dialler(), link), endOfLife(link.acceptor(), link)));
  }

  private static long endOfLife(SimulatedNode node, LinkRecord link) {
    return node.crashesNanos().stream()
        .mapToLong(Long::longValue)
        .filter(nanos -> nanos >= link.fromNanos())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** A handshake that came altered names another peer. */
  private boolean isAltered(LinkRecord one, LinkRecord other) {
    long since = Math.min(one.fromNanos(), other.fromNanos()) - AlteredSessions.OPENING_NANOS;
    return altered.between(one.dialler().index(), one.acceptor().index(), since);
  }

  private static long millis(long nanos) {
    return Duration.ofNanos(nanos).toMillis();
  }
}
