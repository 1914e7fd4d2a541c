package bdk.p2p.discovery;

import bdk.p2p.environment.Environment;
import bdk.p2p.message.NodeEntry;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.NodeType;
import bdk.p2p.peer.AddressBook;
import bdk.p2p.session.Session;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a node connected: stays with its seeds, and while it has too few NORMAL peers asks the
 * peers for nodes and dials what they name. Confined to one event loop.
 *
 * <p>Dials as many addresses as there are peers missing; a dial that has been under way for some
 * rounds no longer counts as hopeful, so that many addresses where nobody listens, told by mistake
 * or on purpose, do not keep it from the few where somebody does.
 *
 * <p>Dials NORMAL nodes only; discovery nodes only if they are seeds. Bounded by {@link
 * DiscoveryLimits} and by the address book.
 */
public final class DiscoveryWorker {
  /** For so many intervals a dial is expected to succeed. */
  private static final int FRESH_ROUNDS = 2;

  private final EventLoop loop;
  private final Environment environment;
  private final DiscoveryLimits limits;
  private final AddressBook book;
  private final List<NodeId> seeds;
  private final Network network;
  private final boolean dialsOthers;
  private Future<?> timer;
  // When the next round comes if nobody hurries.
  private long latestNanos;
  private boolean stopped;
  // When others were dialled, lately; at most maxDials a round.
  private final Queue<Long> dialled = new ArrayDeque<>();

  /**
   * @param dialsOthers false for a node that only stays with its seeds, like a discovery node
   */
  public DiscoveryWorker(
      EventLoop loop,
      Environment environment,
      DiscoveryLimits limits,
      AddressBook book,
      List<NodeId> seeds,
      boolean dialsOthers,
      Network network) {
    this.loop = loop;
    this.environment = environment;
    this.limits = limits;
    this.book = book;
    this.seeds = seeds;
    this.dialsOthers = dialsOthers;
    this.network = network;
    seeds.forEach(book::addSeed);
  }

  /** Begins with a round at once. Any thread. */
  public void start() {
    loop.execute(this::round);
  }

  /** No round begins after this one. Any thread. */
  public void stop() {
    loop.execute(
        () -> {
          stopped = true;
          cancelTimer();
        });
  }

  /**
   * Looks for peers soon if there are too few, because one was lost or has come; once more is lost
   * or comes meanwhile, a little later, but not later than without it: whoever comes and goes
   * without end must not keep the node from looking. Any thread.
   */
  public void hurry() {
    loop.execute(
        () -> {
          if (!stopped && timer != null && isMissingPeers()) {
            long soon = now() + drifting(limits.interval().dividedBy(4));
            begin(soon - latestNanos < 0 ? soon : latestNanos);
          }
        });
  }

  private void round() {
    if (stopped) {
      return;
    }
    List<Session> sessions = network.sessions();
    int missing = missing(sessions);
    if (hasLostSeed() && sessions.size() < limits.maxPeers()) {
      dialSeeds();
    }
    if (missing > 0) {
      dialOthers(missing);
    }
    if (dialsOthers) {
      sessions.forEach(session -> network.askForNodes(session, this::learn));
    }
    // No hurry for who only lacks peers of its own choice: it may have all others already.
    latestNanos =
        now()
            + drifting(
                isMissingPeers() || hasLostSeed() ? limits.interval() : limits.restingInterval());
    begin(latestNanos);
  }

  /** Asked at every change, so it must not look at thousands of peers. */
  private boolean isMissingPeers() {
    return dialsOthers
        && network.peers() < limits.maxPeers()
        && !network.hasNormalPeers(limits.minPeers());
  }

  private int missing(List<Session> sessions) {
    if (!dialsOthers || sessions.size() >= limits.maxPeers()) {
      return 0;
    }
    long normal = sessions.stream().filter(one -> one.type() == NodeType.NORMAL).count();
    int room = limits.maxPeers() - sessions.size();
    long missing =
        Math.max(limits.minPeers() - normal, limits.minDialled() - network.dialledPeers());
    return (int) Math.max(0, Math.min(room, missing));
  }

  private void dialSeeds() {
    List<NodeId> ready =
        book.pick(limits.maxDials(), now(), id -> seeds.contains(id) && isFree(id));
    ready.forEach(network::dial);
  }

  private void dialOthers(int missing) {
    assert loop.inEventLoop();
    int hopeful = Math.min(lately(), network.dialing());
    int room = Math.min(missing - hopeful, limits.maxDials() - network.dialing());
    for (NodeId id : book.pick(room, now(), this::isFree)) {
      dialled.add(now());
      network.dial(id);
    }
  }

  /** How many dials of others began within the last intervals. */
  private int lately() {
    long before = now() - limits.interval().multipliedBy(FRESH_ROUNDS).toNanos();
    while (!dialled.isEmpty() && dialled.peek() - before <= 0) {
      dialled.remove();
    }
    return dialled.size();
  }

  /**
   * A dial has failed: tries another address at once, though no more than maxDials within {@value
   * #FRESH_ROUNDS} intervals. Any thread.
   */
  public void dialFailed() {
    loop.execute(
        () -> {
          if (!stopped && lately() < limits.maxDials()) {
            dialOthers(missing(network.sessions()));
          }
        });
  }

  private boolean isFree(NodeId id) {
    return !network.isBusy(id);
  }

  private boolean hasLostSeed() {
    return seeds.stream().anyMatch(this::isFree);
  }

  /** Notes what a peer told of, and goes on at once if more peers are wanted. Any thread. */
  private void learn(List<NodeEntry> nodes) {
    boolean news = false;
    for (NodeEntry node : nodes) {
      if (node.type() == NodeType.NORMAL) {
        news |= book.add(node.id());
      }
    }
    if (news) {
      loop.execute(this::dialMissing);
    }
  }

  private void dialMissing() {
    int missing = stopped ? 0 : missing(network.sessions());
    if (missing > 0) {
      dialOthers(missing);
    }
  }

  /** Up to a fifth later than asked for, so that nodes started together drift apart. */
  private long drifting(Duration delay) {
    long nanos = delay.toNanos();
    return nanos + environment.random().nextLong(Math.max(1, nanos / 5));
  }

  private void begin(long atNanos) {
    cancelTimer();
    timer = loop.schedule(this::round, Math.max(0, atNanos - now()), TimeUnit.NANOSECONDS);
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  private long now() {
    return environment.nanoTime();
  }
}
