package bdk.p2p.peer;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.Direction;
import bdk.p2p.session.Session;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Decides which of two sessions of one peer counts. Called on the event loops of the sessions; its
 * state is the {@link PeerTable}, which bounds it, and since when a session has been in a contest.
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
final class Contests {
  private final PeerTable table;
  private final OwnIdentity self;
  private final PeerEvents events;
  private final Duration probeLimit;
  private final LongSupplier nanoTime;
  private final Map<Session, Long> contested = new ConcurrentHashMap<>();

  /**
   * @param probeLimit how long the session to keep may take to answer a ping
   * @param nanoTime the environment's monotonic clock
   */
  Contests(
      PeerTable table,
      OwnIdentity self,
      PeerEvents events,
      Duration probeLimit,
      LongSupplier nanoTime) {
    this.table = table;
    this.self = self;
    this.events = events;
    this.probeLimit = probeLimit;
    this.nanoTime = nanoTime;
  }

  /** The session is its peer's only one: tells of the peer, unless that is this node itself. */
  void welcome(Session session) {
    events.connected(session);
    recogniseSelf(session);
  }

  /** A ping on a session that we dialled measures the round trip, or comes back to us. */
  private void recogniseSelf(Session session) {
    if (session.direction() == Direction.OUTBOUND) {
      session.probe(probeLimit, answered -> {});
    }
  }

  /** Two sessions of one peer are there, both greeted. */
  void begin(Session incumbent, Session challenger) {
    if (incumbent.direction() != challenger.direction()) {
      noteContest(incumbent);
      noteContest(challenger);
    }
    if (incumbent.direction() != challenger.direction() && isPreferred(challenger)) {
      // Behind what the incumbent's loop is at: it may just be about to tell of the peer.
      incumbent.execute(() -> preferIfAlive(challenger, incumbent));
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
    PeerTable.Takeover takeover = table.takeOver(former, survivor);
    if (takeover == PeerTable.Takeover.NONE) {
      return;
    }
    CloseReason reason =
        new CloseReason(Code.REPLACED, "the other session of a simultaneous dial was kept");
    boolean retires = takeover == PeerTable.Takeover.RETIRES;
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
      // First, so that what is lost with it is told before its peer is gone.
      dead.close(reason);
      comeBack(dead, reason, successor);
    } else {
      events.replaced(dead, successor);
      dead.close(reason);
    }
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
  void inherit(Session former, CloseReason reason, Session heir) {
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

  /**
   * Whether the peer has closed the session that this side kept when both had dialled: then the two
   * sides have seen different ids, and each has closed what the other kept. Where only the peer has
   * dialled it knows what it does, and must not be able to have itself dialled.
   */
  boolean hasLost(Session ended, boolean isByPeer) {
    Long since = contested.remove(ended);
    return since != null && isByPeer && nanoTime.getAsLong() - since <= 2 * probeLimit.toNanos();
  }
}
