package bdk.p2p.simulator.remote;

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

/** A peer of a node in another process, as its agent tells of it. Any thread. */
final class FarPeer implements Peer {
  private static final PeerStatistics NOTHING = new PeerStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  private final int number;
  private final NodeId id;
  private final NodeType type;
  private final Direction direction;
  private final InetSocketAddress address;
  private final long sinceNanos;
  private volatile PeerStatistics statistics = NOTHING;
  private volatile boolean isConnected = true;

  /**
   * Just found.
   *
   * @param sinceNanos when its session was there, on this process's clock
   */
  FarPeer(
      int number,
      NodeId id,
      NodeType type,
      Direction direction,
      InetSocketAddress address,
      long sinceNanos) {
    this.number = number;
    this.id = id;
    this.type = type;
    this.direction = direction;
    this.address = address;
    this.sinceNanos = sinceNanos;
  }

  /** By which the agent knows it. */
  int number() {
    return number;
  }

  void told(PeerStatistics latest) {
    statistics = latest;
  }

  void gone() {
    isConnected = false;
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
    return direction;
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
    return isConnected;
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
    return Duration.ofNanos(System.nanoTime() - sinceNanos);
  }

  /** What the agent told last. */
  @Override
  public PeerStatistics statistics() {
    return statistics;
  }

  @Override
  public String toString() {
    return id.toString();
  }
}
