package bdk.p2p.simulator.trace;

/**
 * Gets every event of a trace in the order in which the digest takes them in. Called on the
 * driver's thread, in the midst of the world: it must not throw.
 */
public interface TraceSink {
  /** After so many events it is told the digest of all of them. */
  int DIGEST_EVERY = 10_000;

  /**
   * Something has happened on the network.
   *
   * @param nanos the virtual instant
   * @param host the index of the host where it happened
   * @param event its name
   * @param connection its connection, 0 for none
   * @param byteCount the bytes that arrived
   * @param checksum their CRC-32C
   */
  void event(long nanos, int host, String event, long connection, int byteCount, int checksum);

  /** The digest, in hex, of all events so far. */
  void digest(long events, String hex);
}
