package bdk.p2p.simulator.bench;

/** A side that is dialled. */
interface Listener extends AutoCloseable {
  /** Where it listens, on loopback. */
  int port();

  @Override
  void close();
}
