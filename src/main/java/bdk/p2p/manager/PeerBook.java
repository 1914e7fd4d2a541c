package bdk.p2p.manager;

import bdk.p2p.dispatch.Dispatcher;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.Direction;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.NodeId;
import bdk.p2p.peer.PeerEvents;
import bdk.p2p.session.Outbound;
import bdk.p2p.session.Session;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Turns the coming and going of sessions into what the application's listener hears, in order for
 * each peer. Called on event loops; the listener is called on workers.
 */
final class PeerBook implements PeerEvents {
  /** What the coming and going of peers means to the rest of the node. */
  interface Consequences {
    void dialSucceeded(Session session, Peer peer);

    void dialFailed(NodeId id, CloseReason reason);

    void peerGone(NodeId id);

    void foundSelf(NodeId id);

    void dialAgain(NodeId id);

    void peersChanged();

    void closed(Session session, CloseReason reason);

    void dropped(Session session, Outbound message, DropReason reason);
  }

  private final Handles handles;
  private final Dispatcher dispatcher;
  private final NodeListener listener;
  private final Consequences node;
  private final Counters<CloseReason.Code> disconnections = new Counters<>(CloseReason.Code.class);
  private final Counters<CloseReason.Code> refusals = new Counters<>(CloseReason.Code.class);

  /** The handle of each peer until its {@code disconnected} has been delivered. */
  private final Map<NodeId, SessionPeer> undelivered = new ConcurrentHashMap<>();

  PeerBook(Handles handles, Dispatcher dispatcher, NodeListener listener, Consequences node) {
    this.handles = handles;
    this.dispatcher = dispatcher;
    this.listener = listener;
    this.node = node;
  }

  @Override
  public void connected(Session session) {
    Handles.Owned owned = handles.open(session);
    SessionPeer peer = owned.peer();
    SessionPeer former = undelivered.put(peer.id(), peer);
    CompletableFuture<Void> formerGone =
        former == null ? CompletableFuture.completedFuture(null) : former.gone();
    // A peer that comes back is announced after its going was.
    formerGone.thenRun(() -> dispatcher.admit(session, () -> listener.connected(peer)));
    node.dialSucceeded(session, peer);
    node.peersChanged();
    owned.ended().ifPresent(reason -> disconnected(session, reason));
  }

  @Override
  public void replaced(Session former, Session survivor) {
    Handles.Owned owned = handles.goOn(former, survivor);
    // What came before goes first, and so does the announcement of the peer.
    dispatcher.admitBeside(former, survivor);
    node.dialSucceeded(survivor, owned.peer());
    owned.ended().ifPresent(reason -> disconnected(survivor, reason));
  }

  @Override
  public void joined(Session survivor, Session retiring) {
    SessionPeer peer = handles.share(survivor, retiring);
    dispatcher.admitBeside(survivor, retiring);
    node.dialSucceeded(retiring, peer);
  }

  @Override
  public void disconnected(Session session, CloseReason reason) {
    // Else its other session has just ended on another event loop, which tells of both
    // (BothSessionsEndTest).
    handles.gone(session, reason).ifPresent(peer -> disconnected(session, peer, reason));
  }

  private void disconnected(Session session, SessionPeer peer, CloseReason reason) {
    disconnections.count(reason.code());
    dispatcher.inOrder(
        session,
        () -> {
          listener.disconnected(peer, reason);
          undelivered.remove(peer.id(), peer);
          peer.gone().complete(null);
        });
    node.peerGone(peer.id());
    node.peersChanged();
    peer.end();
  }

  @Override
  public void refused(Session session, CloseReason reason) {
    if (session.direction() == Direction.OUTBOUND) {
      dialFailed(session.id(), reason);
    } else {
      refused(session.remoteAddress(), reason);
    }
  }

  /** A dial has failed, perhaps before there was a session. */
  void dialFailed(NodeId id, CloseReason reason) {
    node.dialFailed(id, reason);
    refused(id.socketAddress(), reason);
  }

  @Override
  public void closed(Session session, CloseReason reason) {
    node.closed(session, reason);
  }

  /** Counted at once, told if the listener keeps up: a peer can be refused as often as it likes. */
  void refused(InetSocketAddress address, CloseReason reason) {
    refusals.count(reason.code());
    dispatcher.news(() -> listener.refused(address, reason));
  }

  @Override
  public void lost(Session session, List<Outbound> messages) {
    for (Outbound message : messages) {
      node.dropped(session, message, DropReason.SESSION_CLOSED);
      message.release();
    }
  }

  @Override
  public void bothLost(NodeId id) {
    node.dialAgain(id);
  }

  @Override
  public void foundSelf(NodeId id) {
    node.foundSelf(id);
  }

  Map<CloseReason.Code, Long> disconnections() {
    return disconnections.snapshot(CloseReason.Code.class);
  }

  Map<CloseReason.Code, Long> refusals() {
    return refusals.snapshot(CloseReason.Code.class);
  }

  /** Ends when every peer that is here now is gone and the listener has been told. */
  CompletableFuture<Void> allGone() {
    List<CompletableFuture<Void>> goings = new ArrayList<>();
    undelivered.values().forEach(peer -> goings.add(peer.gone()));
    return CompletableFuture.allOf(goings.toArray(CompletableFuture[]::new));
  }
}
