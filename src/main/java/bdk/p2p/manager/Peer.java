package bdk.p2p.manager;

import bdk.p2p.message.Direction;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.NodeInfo;
import bdk.p2p.message.NodeType;
import bdk.p2p.message.PeerIdentity;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * The handle of one connected peer, from {@code connected} to {@code disconnected}. A peer that
 * comes back gets a new handle. Any thread.
 */
public interface Peer {
  /** Where the peer says that it listens: its IP address and its announced port. */
  NodeId id();

  /** What the peer serves. */
  NodeType type();

  /** Who dialled. */
  Direction direction();

  /** Who the peer has proved to be, with TLS; empty in plaintext. */
  Optional<PeerIdentity> identity();

  /** The address of the peer's socket. */
  InetSocketAddress address();

  /** False once the session has ended. */
  boolean isConnected();

  /** What the peer last said of itself, if it has. */
  Optional<NodeInfo> info();

  /** The latest measured round trip, if there is one. */
  Optional<Duration> roundTrip();

  /**
   * For how long its session has been there, from the peer's handshake on; the listener may have
   * been told of it later. After a simultaneous dial that of the session that was kept.
   */
  Duration age();

  /** What went over this session so far. */
  PeerStatistics statistics();
}
