package bdk.p2p.manager;

import bdk.p2p.message.NodeId;
import bdk.p2p.session.Session;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The handles of the peers, by session and by id. Any thread; holds one entry a session that became
 * a peer, and one a peer.
 */
final class Handles {
  private final int addressesPerInfo;
  private final Map<Session, SessionPeer> bySession = new ConcurrentHashMap<>();
  private final Map<NodeId, SessionPeer> byId = new ConcurrentHashMap<>();

  Handles(int addressesPerInfo) {
    this.addressesPerInfo = addressesPerInfo;
  }

  /** The handle of the session's peer; a passing one if the peer is gone already. */
  SessionPeer of(Session session) {
    SessionPeer known = bySession.get(session);
    return known != null ? known : new SessionPeer(session, addressesPerInfo, this);
  }

  SessionPeer open(Session session) {
    SessionPeer peer = new SessionPeer(session, addressesPerInfo, this);
    bySession.put(session, peer);
    byId.put(peer.id(), peer);
    return peer;
  }

  /** The handle of a peer that is gone; its session leads to it until {@link #forget}. */
  SessionPeer gone(Session session) {
    SessionPeer peer = of(session);
    byId.remove(peer.id(), peer);
    return peer;
  }

  /** The peer goes on with another session; until {@link #forget} both lead to the handle. */
  SessionPeer goOn(Session former, Session survivor) {
    SessionPeer peer = of(former);
    peer.goOnWith(survivor);
    bySession.put(survivor, peer);
    return peer;
  }

  /** The peer has another session beside the one it goes on with; both lead to the handle. */
  SessionPeer share(Session survivor, Session other) {
    SessionPeer peer = of(survivor);
    bySession.put(other, peer);
    return peer;
  }

  void forget(Session session) {
    bySession.remove(session);
  }

  /** The handle of this peer, if it is connected; also while it changes its session. */
  Optional<Peer> find(NodeId id) {
    return Optional.ofNullable(byId.get(id));
  }
}
