package bdk.p2p.peer;

import bdk.p2p.budget.NodeBudgets;
import bdk.p2p.dispatch.Dispatcher;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.Direction;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.Message;
import bdk.p2p.message.NodeId;
import bdk.p2p.session.Outbound;
import bdk.p2p.session.Session;
import bdk.p2p.session.SessionEvents;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Admits sessions so that each peer has one that counts; {@link Contests} decides between two.
 * Called on the event loops of the sessions; its state is the {@link PeerTable}, which no call out
 * is made under.
 */
public final class SessionRegistry implements SessionEvents {
  private final PeerTable table;
  private final Eviction eviction;
  private final OwnIdentity self;
  private final Contests contests;
  private final Dispatcher dispatcher;
  private final PeerEvents events;
  private final Map<Long, Session> pingIds;
  private final PeerLimits limits;
  private final Function<InetAddress, Optional<CloseReason>> barred;
  private final Doorkeeper doorkeeper;

  /**
   * @param limits how many peers there may be
   * @param random draws the handshake that goes if there are too many
   * @param barred whether an address may have no session now, and why
   * @param probeLimit how long the session to keep may take to answer a ping
   * @param budgets what all sessions together may hold
   * @param nanoTime the environment's monotonic clock
   * @param pingIds this node's own open pings by id, to recognise itself by
   * @param doorkeeper asked about everybody before it becomes a peer
   */
  public SessionRegistry(
      PeerLimits limits,
      RandomGenerator random,
      Function<InetAddress, Optional<CloseReason>> barred,
      Duration probeLimit,
      NodeBudgets budgets,
      OwnIdentity self,
      Dispatcher dispatcher,
      PeerEvents events,
      LongSupplier nanoTime,
      Map<Long, Session> pingIds,
      Doorkeeper doorkeeper) {
    this.doorkeeper = doorkeeper;
    this.table = new PeerTable(limits, random);
    this.limits = limits;
    this.barred = barred;
    this.eviction = new Eviction(budgets);
    this.self = self;
    this.dispatcher = dispatcher;
    this.events = events;
    this.contests = new Contests(table, self, events, probeLimit, nanoTime);
    this.pingIds = pingIds;
  }

  // ---- any thread ----

  /**
   * The peers' sessions, the oldest peer first: immutable, and the same list until a change. Any
   * thread.
   */
  public List<Session> sessions() {
    return table.sessions();
  }

  /** Those of them that are of type NORMAL; immutable. Any thread. */
  public List<Session> normalSessions() {
    return table.normalSessions();
  }

  /** True if there are so many of those; looks at no more peers than it must. Any thread. */
  public boolean hasNormal(int count) {
    return table.hasNormal(count);
  }

  /** NORMAL peers that this node dialled. Any thread. */
  public int dialledNormal() {
    return table.dialledNormal();
  }

  /** The session of this peer. Any thread. */
  public Optional<Session> session(NodeId id) {
    return table.session(id);
  }

  /** The number of peers. Any thread. */
  public int count() {
    return table.count();
  }

  /** Admits nobody from now on; returns all sessions, for the caller to close. Any thread. */
  public List<Session> close() {
    return table.close();
  }

  /** Ends every session with these addresses. Any thread. */
  public void close(Predicate<InetAddress> addresses, CloseReason reason) {
    for (Session session : table.all()) {
      if (addresses.test(session.remoteAddress().getAddress())) {
        session.close(reason);
      }
    }
  }

  // ---- event loops ----

  @Override
  public void connected(Session session) {
    dispatcher.open(session);
    if (session.direction() == Direction.INBOUND) {
      table.handshaking(session).ifPresent(this::evict);
    }
    if (session.direction() == Direction.OUTBOUND
        || (table.hasRoomFor(session) && doorkeeper.isOpen())) {
      session.greet();
    }
    // Else silence until the peer has said who it is: whoever is refused sees no handshake of ours
    // and does not take us for a peer.
  }

  private void evict(Handshakes.Eviction<Session> eviction) {
    String detail =
        "there are more than "
            + limits.handshakes()
            + " unfinished handshakes, "
            + eviction.ofNetwork()
            + " of them from "
            + eviction.network();
    eviction.loser().close(new CloseReason(Code.TOO_MANY_HANDSHAKES, detail));
  }

  @Override
  public void handshaken(Session session) {
    if (isBarred(session)) {
      return;
    }
    if (self.isSelf(session.id()) || session.id().equals(self.onSession(session))) {
      events.foundSelf(session.id());
      session.close(new CloseReason(Code.SELF, session.id() + " is this node's own address"));
      return;
    }
    doorkeeper.judge(
        session,
        refusal ->
            session.execute(() -> refusal.ifPresentOrElse(session::close, () -> admit(session))));
  }

  private void admit(Session session) {
    if (session.isClosed()) {
      return;
    }
    PeerTable.Admission admission = table.admit(session);
    switch (admission) {
      case ADMITTED -> {
        session.greet();
        contests.welcome(session);
      }
      case TABLE_FULL, INBOUND_FULL, NETWORK_FULL ->
          session.close(new CloseReason(Code.TOO_MANY_PEERS, whyFull(admission, session)));
      case CLOSED -> session.close(CloseReason.of(Code.MANAGER_CLOSED));
      case ONE_TOO_MANY ->
          session.close(
              new CloseReason(Code.DUPLICATE, "two sessions of " + session.id() + " already"));
      case HELD_BY_ANOTHER ->
          session.close(
              new CloseReason(
                  Code.WRONG_IDENTITY,
                  session.id() + " is the id of a peer with another identity"));
      case CHALLENGER -> {
        session.greet();
        table.session(session.id()).ifPresent(one -> contests.begin(one, session));
      }
    }
    // Who was banned just now may have been admitted after the others were closed.
    isBarred(session);
  }

  private String whyFull(PeerTable.Admission admission, Session session) {
    return switch (admission) {
      case INBOUND_FULL ->
          "there are %d inbound peers already, the other %d of %d places are for peers dialled"
              .formatted(limits.inbound(), limits.outboundSlots(), limits.peers());
      case NETWORK_FULL ->
          "there are %d inbound peers from %s already"
              .formatted(limits.inboundPerNetwork(), PeerTable.network(session));
      default -> "there are " + limits.peers() + " peers already";
    };
  }

  private boolean isBarred(Session session) {
    Optional<CloseReason> reason = barred.apply(session.remoteAddress().getAddress());
    reason.ifPresent(session::close);
    return reason.isPresent();
  }

  @Override
  public void received(Session session, Message message) {
    dispatcher.receive(session, message);
  }

  @Override
  public void readComplete(Session session) {
    dispatcher.readComplete(session);
  }

  @Override
  public void dropped(Session session, Message message, DropReason reason) {
    dispatcher.drop(session, message, reason);
  }

  @Override
  public void mayAnswer(Session session) {
    dispatcher.goOn(session);
  }

  @Override
  public void arrivingOverBudget() {
    eviction.endSlowestFrames(table.all());
  }

  @Override
  public void waitingOverBudget() {
    eviction.endSlowestReaders(table.all());
  }

  @Override
  public void pinged(Session session, long id) {
    Session dialled = pingIds.get(id);
    if (dialled != null) {
      CloseReason reason = new CloseReason(Code.SELF, "this node's own ping came back");
      events.foundSelf(dialled.id());
      dialled.close(reason);
      session.close(reason);
    }
  }

  private static boolean isByPeer(CloseReason reason) {
    return reason.code() == Code.CLOSED_BY_PEER || reason.code() == Code.CONNECTION_LOST;
  }

  @Override
  public void closed(Session session, CloseReason reason, List<Outbound> messages) {
    boolean isByPeer = isByPeer(reason);
    boolean lostContest = contests.hasLost(session, isByPeer);
    PeerTable.Removal removal = table.remove(session, isByPeer);
    if (removal.heir() == null) {
      // Before the peer is said to be gone (EventOrderTest.whatIsNotSentIsToldBeforeThePeerIsGone).
      unsent(session, messages);
    }
    if (removal.heir() != null && removal.retired()) {
      // The peer has kept the other one, because it knows one of the two nodes by another id.
      events.replaced(session, removal.heir());
      unsent(session, messages);
    } else if (removal.heir() != null) {
      contests.inherit(session, reason, removal.heir());
      unsent(session, messages);
      if (reason.code() == Code.DISCONNECTED) {
        removal.heir().close(reason);
      }
    } else if (removal.counted()) {
      events.disconnected(session, reason);
      table.retiring(session.id()).ifPresent(other -> other.close(reason));
      if (lostContest) {
        events.bothLost(session.id());
      }
    } else if (!removal.retired() && reason.code() != Code.REPLACED) {
      events.refused(session, reason);
      // Only here; what a peer brought is still to be told in order
      // (PeerEventsTest.peerThatComesAndGoesWhileTheListenerIsSlowIsToldOfInFull).
      dispatcher.discard(session);
    }
    events.closed(session, reason);
  }

  /** Not of another identity that has come to the id meanwhile. */
  private static boolean isHeir(Session other, Session session) {
    return other != session && other.identity().equals(session.identity());
  }

  @Override
  public void unsent(Session session, List<Outbound> messages) {
    if (messages.isEmpty()) {
      return;
    }
    Optional<Session> heir =
        session.id() == null
            ? Optional.empty()
            : table.session(session.id()).filter(other -> isHeir(other, session));
    List<Outbound> lost = new ArrayList<>();
    List<Outbound> moved = new ArrayList<>();
    for (Outbound message : messages) {
      (heir.isPresent() && !message.isAnswer() ? moved : lost).add(message);
    }
    heir.ifPresent(survivor -> survivor.takeOver(moved));
    if (!lost.isEmpty()) {
      events.lost(session, lost);
    }
  }
}
