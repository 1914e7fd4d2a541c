package bdk.p2p.simulator.fault;

/**
 * One direction of a connection.
 *
 * @param connection its number
 * @param from the index of the sending host
 */
record Stream(long connection, int from) {
  /** The direction in which something passes. */
  static Stream of(Passage passage) {
    return new Stream(passage.connection(), passage.from());
  }
}
