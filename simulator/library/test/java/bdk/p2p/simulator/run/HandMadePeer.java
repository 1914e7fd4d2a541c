package bdk.p2p.simulator.run;

import bdk.p2p.manager.Peer;
import bdk.p2p.manager.PeerStatistics;
import bdk.p2p.message.Direction;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.NodeInfo;
import bdk.p2p.message.NodeType;
import bdk.p2p.message.PeerIdentity;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/** A peer that says who it is and how it is connected. Each is a session of its own. */
final class HandMadePeer implements Peer {
  private final NodeId id;
  private final NodeType type;
  private InetSocketAddress address;

  HandMadePeer(NodeId id, NodeType type) {
    this.id = id;
    this.type = type;
    this.address = id.socketAddress();
  }

  /** It goes on with another connection, which comes from this port. */
  void goOn(int port) {
    address = new InetSocketAddress(id.address(), port);
  }

  @Override
  public NodeId id() {
    return id;
  }

  @Override
  public NodeType type() {
    return type;
  }

  @Override
  public Direction direction() {
    return Direction.OUTBOUND;
  }

  @Override
  public Optional<PeerIdentity> identity() {
    return Optional.empty();
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public Optional<NodeInfo> info() {
    return Optional.empty();
  }

  @Override
  public Optional<Duration> roundTrip() {
    return Optional.empty();
  }

  @Override
  public Duration age() {
    return Duration.ZERO;
  }

  @Override
  public PeerStatistics statistics() {
    return new PeerStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }
}
