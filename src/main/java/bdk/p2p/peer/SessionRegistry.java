package bdk.p2p.peer;

import bdk.p2p.budget.NodeBudgets;
import bdk.p2p.dispatch.Dispatcher;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.Direction;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.Message;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.NodeType;
import bdk.p2p.session.Outbound;
import bdk.p2p.session.Session;
import bdk.p2p.session.SessionEvents;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Admits sessions so that each peer has one that counts. Called on the event loops of the sessions;
 * its state is the {@link PeerTable}, which no call out is made under.
 *
 * <p>Two sessions of one peer are a contest. In a simultaneous dial the side with the lower id
 * keeps its outbound session, the other side its inbound one; between two sessions that the same
 * side dialled, the older is kept. The one to keep is pinged: it has its place, or takes it, once
 * it has answered; if it does not, the other one stays.
 *
 * <p>There is no contest between two identities: an id that one of them holds is not to be had by
 * another, which is refused without a ping.
 *
 * <p>The loser of a simultaneous dial is not cut off: the other side may not have decided yet and
 * still send on it. It retires: unsent messages move to the survivor and open requests end, but it
 * reads and answers for as long as the other side may take to decide. What it has sent must not be
 * overtaken: the survivor sends once the peer has answered a ping behind it, or the loser has
 * ended, or the peer must have ended it. One session of a peer retires at a time; who loses another
 * contest meanwhile is cut off.
 *
 * <p>A peer that dials once more, after its dial has lost to one of this node's, does not know that
 * session as this node's, or it would have gone on with it: its handshake came altered, or from
 * another address. Then the peer's own dial is kept, or it would dial and be closed for ever.
 */
public final class SessionRegistry implements SessionEvents {
  private final PeerTable table;
  private final Eviction eviction;
  private final OwnIdentity self;
  private final Dispatcher dispatcher;
  private final PeerEvents events;
  private final Map<Long, Session> pingIds;
  private final Duration probeLimit;
  private final PeerLimits limits;
  private final Function<InetAddress, Optional<CloseReason>> barred;
  private final LongSupplier nanoTime;
  private final Doorkeeper doorkeeper;
  private final Map<Session, Long> contested = new ConcurrentHashMap<>();

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
    this.probeLimit = probeLimit;
    this.eviction = new Eviction(budgets);
    this.self = self;
    this.dispatcher = dispatcher;
    this.events = events;
    this.nanoTime = nanoTime;
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

  /** The sessions of the peers of type NORMAL. Any thread. */
  public List<Session> normalSessions() {
    List<Session> normal = new ArrayList<>(table.sessions());
    normal.removeIf(session -> session.type() != NodeType.NORMAL);
    return normal;
  }

  /** True if there are so many of those; looks at no more peers than it must. Any thread. */
  public boolean hasNormal(int count) {
    return table.hasNormal(count);
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
        welcome(session);
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
        table.session(session.id()).ifPresent(one -> contest(one, session));
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

  private void welcome(Session session) {
    events.connected(session);
    recogniseSelf(session);
  }

  /** A ping on a session that we dialled measures the round trip, or comes back to us. */
  private void recogniseSelf(Session session) {
    if (session.direction() == Direction.OUTBOUND) {
      session.probe(probeLimit, answered -> {});
    }
  }

  private void contest(Session incumbent, Session challenger) {
    noteContest(incumbent);
    noteContest(challenger);
    if (incumbent.direction() != challenger.direction() && isPreferred(challenger)) {
      preferIfAlive(challenger, incumbent);
    } else {
      boolean unknown = isUnknownToPeer(incumbent, challenger);
      recogniseSelf(challenger);
      incumbent.probe(
          probeLimit,
          answered -> {
            if (!answered) {
              replaceDead(incumbent, challenger);
            } else if (unknown) {
              preferIfAlive(challenger, incumbent);
            } else {
              keep(incumbent, challenger);
            }
          });
    }
  }

  private void preferIfAlive(Session challenger, Session incumbent) {
    challenger.probe(
        probeLimit,
        answered -> {
          if (answered) {
            takeOver(incumbent, challenger);
          } else {
            refuse(challenger, "it did not answer, the other session of the peer stays");
          }
        });
  }

  /** Whether the peer has dialled again though its last dial was given up for the incumbent. */
  private boolean isUnknownToPeer(Session incumbent, Session challenger) {
    return incumbent.direction() == Direction.OUTBOUND
        && challenger.direction() == Direction.INBOUND
        && table.hasWon(incumbent);
  }

  private void noteContest(Session session) {
    contested.put(session, nanoTime.getAsLong());
    if (session.isClosed()) {
      // It has been closed on another event loop, perhaps before it was noted.
      contested.remove(session);
    }
  }

  /** The lower id keeps its outbound session, the higher its inbound one. */
  private boolean isPreferred(Session session) {
    boolean lower = self.onSession(session).compareTo(session.id()) < 0;
    return lower == (session.direction() == Direction.OUTBOUND);
  }

  private void takeOver(Session former, Session survivor) {
    if (!table.promote(former, survivor)) {
      return;
    }
    CloseReason reason =
        new CloseReason(Code.REPLACED, "the other session of a simultaneous dial was kept");
    boolean retires = table.retire(former, survivor);
    if (retires) {
      survivor.holdBack();
    }
    events.replaced(former, survivor);
    if (retires) {
      former.retire(reason, probeLimit, () -> isRetiring(former));
      former.probe(probeLimit.multipliedBy(2), answered -> survivor.goOn());
    } else {
      former.close(reason);
    }
  }

  private void keep(Session incumbent, Session challenger) {
    String why = "the peer has a live session already";
    if (incumbent.direction() != challenger.direction() && table.retire(challenger, incumbent)) {
      events.joined(incumbent, challenger);
      challenger.retire(
          new CloseReason(Code.DUPLICATE, why), probeLimit, () -> isRetiring(challenger));
    } else {
      refuse(challenger, why);
    }
  }

  private boolean isRetiring(Session session) {
    return table.retiring(session.id()).filter(session::equals).isPresent();
  }

  private void refuse(Session challenger, String why) {
    if (table.session(challenger.id()).filter(challenger::equals).isEmpty()) {
      challenger.close(new CloseReason(Code.DUPLICATE, why));
    }
  }

  private void replaceDead(Session dead, Session successor) {
    if (!table.promote(dead, successor)) {
      return;
    }
    CloseReason reason =
        new CloseReason(
            Code.REPLACED,
            "no answer within " + probeLimit.toMillis() + " ms, and the peer has come anew");
    if (wasAlive(dead)) {
      comeBack(dead, reason, successor);
    } else {
      events.replaced(dead, successor);
    }
    dead.close(reason);
  }

  /** A session that never carried a message was no peer yet: its successor goes on unnoticed. */
  private static boolean wasAlive(Session session) {
    return session.traffic().messagesIn() > 0;
  }

  private void comeBack(Session former, CloseReason reason, Session successor) {
    events.disconnected(former, reason);
    welcome(successor);
  }

  /** The session that counted has ended while another of the same peer waited for its place. */
  private void inherit(Session former, CloseReason reason, Session heir) {
    // A reset tells of a restart; an orderly close of the peer's own decision in a simultaneous
    // dial.
    boolean restarted =
        former.direction() == heir.direction() || reason.code() == Code.CONNECTION_LOST;
    if (restarted && wasAlive(former)) {
      comeBack(former, reason, heir);
    } else {
      events.replaced(former, heir);
    }
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

  /**
   * Whether the peer has closed the session that this side kept in a contest: then the two sides
   * have seen different ids, and each has closed what the other kept.
   */
  private boolean isLostContest(Session session, CloseReason reason) {
    Long since = contested.remove(session);
    return since != null
        && isByPeer(reason)
        && nanoTime.getAsLong() - since <= 2 * probeLimit.toNanos();
  }

  private static boolean isByPeer(CloseReason reason) {
    return reason.code() == Code.CLOSED_BY_PEER || reason.code() == Code.CONNECTION_LOST;
  }

  @Override
  public void closed(Session session, CloseReason reason) {
    boolean lostContest = isLostContest(session, reason);
    PeerTable.Removal removal = table.remove(session, isByPeer(reason));
    if (removal.heir() != null && removal.retired()) {
      // The peer has kept the other one, because it knows one of the two nodes by another id.
      events.replaced(session, removal.heir());
      events.ended(session);
    } else if (removal.heir() != null) {
      inherit(session, reason, removal.heir());
      events.ended(session);
      if (reason.code() == Code.DISCONNECTED) {
        removal.heir().close(reason);
      }
    } else if (removal.counted()) {
      events.disconnected(session, reason);
      table.retiring(session.id()).ifPresent(other -> other.close(reason));
      if (lostContest) {
        events.bothLost(session.id());
      }
    } else if (removal.retired() || reason.code() == Code.REPLACED) {
      events.ended(session);
    } else {
      events.refused(session, reason);
      // Only here; what a peer brought is still to be told in order
      // (PeerEventsTest.peerThatComesAndGoesWhileTheListenerIsSlowIsToldOfInFull).
      dispatcher.discard(session);
    }
    events.closed(session, reason);
  }

  @Override
  public void unsent(Session session, List<Outbound> messages) {
    Optional<Session> heir =
        session.id() == null
            ? Optional.empty()
            : table.session(session.id()).filter(other -> other != session);
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
