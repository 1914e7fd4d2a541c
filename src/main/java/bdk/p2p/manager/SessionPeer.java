package bdk.p2p.manager;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.Direction;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.NodeInfo;
import bdk.p2p.message.NodeType;
import bdk.p2p.message.PeerIdentity;
import bdk.p2p.message.SendResult;
import bdk.p2p.session.Outbound;
import bdk.p2p.session.Session;
import bdk.p2p.session.SessionLoad;
import bdk.p2p.session.SessionTraffic;
import bdk.p2p.wire.NodeInfoCodec;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A peer by the session that currently carries it, which a simultaneous dial may exchange. Any
 * thread.
 */
final class SessionPeer implements Peer {
  private final Handles owner;
  private final NodeId id;
  private final int addressesPerInfo;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private volatile Session session;
  private volatile Duration leaving;

  SessionPeer(Session session, int addressesPerInfo, Handles owner) {
    this.owner = owner;
    this.id = session.id();
    this.session = session;
    this.addressesPerInfo = addressesPerInfo;
  }

  /** True if these are the handles of the node that this peer belongs to. */
  boolean isOf(Handles handles) {
    return owner == handles;
  }

  Session session() {
    return session;
  }

  void goOnWith(Session survivor) {
    session = survivor;
    leaveIfLeaving();
  }

  /** Ends the session when what it has is written, and so the one that it is exchanged for. */
  void leave(Duration limit) {
    leaving = limit;
    leaveIfLeaving();
  }

  private void leaveIfLeaving() {
    Duration limit = leaving;
    if (limit != null) {
      session.closeAfterWriting(CloseReason.of(CloseReason.Code.DISCONNECTED), limit);
    }
  }

  /** True once this node parts from the peer. */
  boolean isLeaving() {
    return leaving != null;
  }

  /** No session carries the peer any more; the listener may not know yet. */
  void end() {
    ended.complete(null);
  }

  /** Completes on an event loop when no session carries the peer any more. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  /** Completes when the peer is gone and the listener has been told. */
  CompletableFuture<Void> gone() {
    return gone;
  }

  /** Hands a message to the session, or to its successor if they are just being exchanged. */
  SendResult send(Outbound message) {
    Session first = session;
    SendResult result = first.offer(message.again());
    Session second = session;
    return result == SendResult.PEER_GONE && second != first
        ? second.offer(message.again())
        : result;
  }

  @Override
  public NodeId id() {
    return id;
  }

  @Override
  public NodeType type() {
    return session.type();
  }

  @Override
  public Direction direction() {
    return session.direction();
  }

  @Override
  public Optional<PeerIdentity> identity() {
    return session.identity();
  }

  @Override
  public InetSocketAddress address() {
    return session.remoteAddress();
  }

  @Override
  public boolean isConnected() {
    return !session.isClosed();
  }

  @Override
  public Optional<NodeInfo> info() {
    return session
        .latestInfo()
        .map(message -> NodeInfoCodec.decode(message.payload(), addressesPerInfo));
  }

  @Override
  public Optional<Duration> roundTrip() {
    long nanos = session.roundTripNanos();
    return nanos < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
  }

  @Override
  public Duration age() {
    return Duration.ofNanos(session.ageNanos());
  }

  @Override
  public PeerStatistics statistics() {
    Session current = session;
    SessionTraffic traffic = current.traffic();
    SessionLoad load = current.load();
    return new PeerStatistics(
        traffic.messagesIn(),
        traffic.messagesOut(),
        traffic.bytesIn(),
        traffic.bytesOut(),
        load.queuedMessages(),
        load.queuedBytes(),
        load.heldMessages(),
        load.heldBytes(),
        load.arrivingBytes(),
        load.pendingRequests());
  }

  /** {@code NORMAL 203.0.113.7:7000}. */
  @Override
  public String toString() {
    return type() + " " + id;
  }
}
