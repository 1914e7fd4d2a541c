package bdk.p2p.simulator.world;

/**
 * Sees what happens on the network. Called by the driver's thread while the world is running; must
 * not change anything in the world.
 */
public interface NetworkObserver {
  /** One end counts the connection as open: the acceptor half a round trip before the dialler. */
  default void connectionOpened(Connection connection, ConnectionEnd end, long nanos) {}

  /** One end has closed the connection, has seen it reset, or has lost power. */
  default void connectionClosed(Connection connection, ConnectionEnd end, long nanos) {}

  /** Bytes have reached an end. */
  default void bytesDelivered(
      Connection connection, ConnectionEnd receiver, int byteCount, long nanos) {}
}
