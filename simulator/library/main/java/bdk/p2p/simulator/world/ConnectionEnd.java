package bdk.p2p.simulator.world;

/** The two ends of a connection. */
public enum ConnectionEnd {
  /** Who connected. */
  DIALLER,
  /** Who was listening. */
  ACCEPTOR;

  /** The end on the other side. */
  public ConnectionEnd other() {
    return this == DIALLER ? ACCEPTOR : DIALLER;
  }
}
