package bdk.p2p.message;

/** Who dialled whom. */
public enum Direction {
  /** The peer dialled this node. */
  INBOUND,
  /** This node dialled the peer. */
  OUTBOUND
}
