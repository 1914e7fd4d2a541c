package bdk.p2p.simulator.remote;

/** The ports that agents use on every machine. No state. */
public final class ControlPorts {
  /** Where a node listens. */
  public static final int NODE = 7000;

  /** Where an agent is commanded. */
  public static final int CONTROL = 7001;

  /** An agent's relay to the machine with index i listens here + i; loopback only. */
  public static final int RELAY_FIRST = 20_000;

  /** The lowest port from which relays dial; what they send must not come back to them. */
  public static final int DIAL_FIRST = 10_000;

  /** The highest. */
  public static final int DIAL_LAST = 19_999;

  private ControlPorts() {}
}
