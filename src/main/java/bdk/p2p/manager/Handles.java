package bdk.p2p.manager;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.NodeId;
import bdk.p2p.session.Session;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The handles of the peers, by session and by id. Any thread; each session keeps the handle of its
 * peer for good, so that all that is told of it carries the same; by id there is one entry a peer.
 */
final class Handles {
  /**
   * Whose a session is.
   *
   * @param ended why it has ended, if it did before this was said, on another event loop
   */
  record Owned(SessionPeer peer, Optional<CloseReason> ended) {}

  private final int addressesPerInfo;
  private final Map<NodeId, SessionPeer> byId = new ConcurrentHashMap<>();

  Handles(int addressesPerInfo) {
    this.addressesPerInfo = addressesPerInfo;
  }

  /** The handle of the session's peer; a passing one if it is not a peer's yet. */
  SessionPeer of(Session session) {
    return session.peer() instanceof SessionPeer known
        ? known
        : new SessionPeer(session, addressesPerInfo, this);
  }

  /** A new peer. */
  Owned open(Session session) {
    SessionPeer peer = new SessionPeer(session, addressesPerInfo, this);
    byId.put(peer.id(), peer);
    return own(session, peer);
  }

  /**
   * The handle of a peer that is gone; its sessions still lead to it. Empty if another event loop
   * is about to say whose this session is: it learns the reason from {@link Owned#ended}.
   */
  Optional<SessionPeer> gone(Session session, CloseReason reason) {
    if (session.belongAtFirstTo(reason) instanceof SessionPeer peer) {
      byId.remove(peer.id(), peer);
      return Optional.of(peer);
    }
    return Optional.empty();
  }

  /** The peer goes on with another session; both lead to the handle. */
  Owned goOn(Session former, Session survivor) {
    SessionPeer peer = of(former);
    Owned owned = own(survivor, peer);
    peer.goOnWith(survivor);
    return owned;
  }

  private static Owned own(Session session, SessionPeer peer) {
    Object before = session.belongTo(peer);
    return new Owned(
        peer, before instanceof CloseReason reason ? Optional.of(reason) : Optional.empty());
  }

  /** The peer has another session beside the one it goes on with; both lead to the handle. */
  SessionPeer share(Session survivor, Session other) {
    SessionPeer peer = of(survivor);
    other.belongTo(peer);
    return peer;
  }

  /** The handle of this peer, if it is connected; also while it changes its session. */
  Optional<SessionPeer> find(NodeId id) {
    return Optional.ofNullable(byId.get(id));
  }
}
