package bdk.p2p.manager;

import bdk.p2p.budget.AddressBlock;
import bdk.p2p.environment.Environment;
import bdk.p2p.guard.Guard;
import bdk.p2p.guard.GuardEvents;
import bdk.p2p.guard.GuardLimits;
import bdk.p2p.message.Ban;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.Direction;
import bdk.p2p.message.Misbehaviour;
import bdk.p2p.session.Session;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The guard of one node: what of all that happens is a misbehaviour, what it counts, and who hears
 * of it. Any thread; bounded as its {@link Guard} is.
 */
final class NodeGuard implements GuardEvents {
  /** What a ban means to the rest of the node. */
  interface Consequences {
    /** Ends every session with these addresses. */
    void closeSessions(Predicate<InetAddress> addresses, CloseReason reason);

    /** Tells the listener something if it keeps up. */
    void tell(Consumer<NodeListener> news);
  }

  private final GuardOptions options;
  private final Guard guard;
  private final Consequences node;
  private final Counters<Misbehaviour> misbehaved = new Counters<>(Misbehaviour.class);
  private final LongAdder bans = new LongAdder();

  /**
   * Reads the bans that the node's storage has; may block.
   *
   * @throws java.io.UncheckedIOException if they cannot be read or are damaged
   */
  NodeGuard(GuardOptions options, Environment environment, Consequences node) {
    this.options = options;
    this.guard = new Guard(limits(options), environment, this);
    this.node = node;
  }

  private static GuardLimits limits(GuardOptions options) {
    return new GuardLimits(
        options.connectionsPerAddress().perSecond(),
        options.connectionsPerAddress().burst(),
        options.connectionsPerNetwork().perSecond(),
        options.connectionsPerNetwork().burst(),
        options.exemptLoopback(),
        options.threshold(),
        options.halfLife(),
        options.banTime(),
        options.remembered());
  }

  /** Whether a connection that comes from there is refused, and why; each call counts as one. */
  Optional<CloseReason> refuse(InetAddress from) {
    return guard.refuse(from);
  }

  /** Whether the address is banned now, and why. */
  Optional<CloseReason> barred(InetAddress address) {
    return guard.barred(address);
  }

  boolean isExempt(InetAddress address) {
    return guard.isExempt(address);
  }

  /** A session has ended: perhaps its peer is to blame. */
  void closed(Session session, CloseReason reason) {
    whatSpeaksAgainst(session, reason.code())
        .ifPresent(what -> misbehaved(session, what, reason.detail()));
  }

  /**
   * A node that was dialled and keeps silent may be no node at all, or one that has refused this
   * one without a word, as the reference does; so only who came by itself is to blame for that. And
   * nobody is for what this node has sent it unasked.
   */
  private static Optional<Misbehaviour> whatSpeaksAgainst(Session session, Code code) {
    return Optional.ofNullable(
        switch (code) {
          case VIOLATION -> Misbehaviour.VIOLATION;
          case FOREIGN_PORT -> Misbehaviour.FOREIGN_PORT;
          case WRITE_STALLED -> Misbehaviour.WRITE_STALLED;
          case FRAME_TIMEOUT -> Misbehaviour.UNFINISHED_FRAME;
          case OVER_BUDGET -> session.isEvictedBlameless() ? null : Misbehaviour.OVER_BUDGET;
          case HANDSHAKE_TIMEOUT ->
              session.direction() == Direction.INBOUND ? Misbehaviour.HANDSHAKE_TIMEOUT : null;
          default -> null;
        });
  }

  /** The peer of a session has misbehaved; counts what the options say. */
  void misbehaved(Session session, Misbehaviour what, String detail) {
    misbehaved(session, what, options.points().get(what), detail);
  }

  /** The peer of a session has misbehaved. */
  void misbehaved(Session session, Misbehaviour what, int points, String detail) {
    misbehaved.count(what);
    guard.misbehaved(session.remoteAddress().getAddress(), what, points, detail);
  }

  void ban(InetAddress address, Duration time, String why) {
    GuardOptions.time("time", time);
    guard.ban(address, time, why);
  }

  boolean unban(InetAddress address) {
    return guard.unban(address);
  }

  List<Ban> bans() {
    return guard.bans();
  }

  Map<Misbehaviour, Long> misbehaviours() {
    return misbehaved.snapshot(Misbehaviour.class);
  }

  long bansMade() {
    return bans.sum();
  }

  @Override
  public void misbehaved(InetAddress address, Misbehaviour what, int score, String detail) {
    node.tell(listener -> listener.misbehaved(address, what, score, detail));
  }

  @Override
  public void banned(Ban ban) {
    bans.increment();
    node.tell(listener -> listener.banned(ban));
    AddressBlock block = new AddressBlock(ban.address(), ban.prefixBits());
    node.closeSessions(block::contains, new CloseReason(Code.BANNED, ban.toString()));
  }
}
