package bdk.p2p.simulator.bench;

/**
 * Both ends of a line of relays. A request is a broadcast at the one end, and is answered when it
 * has come to the other.
 */
interface Ends extends Asker, Listener {
  /** Connects the end where broadcasts begin, to the relay at this port; once. */
  void dial(int port) throws Exception;
}
