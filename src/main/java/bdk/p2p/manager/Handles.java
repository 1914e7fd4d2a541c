package bdk.p2p.manager;

import bdk.p2p.session.Session;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The handles of the peers, by session. Any thread; holds one entry a session that became a peer. */
final class Handles {
  private final int addressesPerInfo;
  private final Map<Session, SessionPeer> bySession = new ConcurrentHashMap<>();

  Handles(int addressesPerInfo) {
    this.addressesPerInfo = addressesPerInfo;
  }

  /** The handle of the session's peer; a passing one if the peer is gone already. */
  SessionPeer of(Session session) {
    SessionPeer known = bySession.get(session);
    return known != null ? known : new SessionPeer(session, addressesPerInfo);
  }

  SessionPeer open(Session session) {
    SessionPeer peer = new SessionPeer(session, addressesPerInfo);
    bySession.put(session, peer);
    return peer;
  }

  /** The peer goes on with another session; until {@link #forget} both lead to the handle. */
  SessionPeer goOn(Session former, Session survivor) {
    SessionPeer peer = of(former);
    peer.goOnWith(survivor);
    bySession.put(survivor, peer);
    return peer;
  }

  void forget(Session session) {
    bySession.remove(session);
  }

  /** The handle of this session's peer, if it is one. */
  Optional<SessionPeer> find(Session session) {
    return Optional.ofNullable(bySession.get(session));
  }
}
