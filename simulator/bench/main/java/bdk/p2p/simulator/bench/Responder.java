package bdk.p2p.simulator.bench;

/** The side that is dialled: answers each request with its own payload, counts one-way messages. */
interface Responder extends AutoCloseable {
  /** Where it listens, on loopback. */
  int port();

  /** One-way messages until now; any thread. */
  long received();

  @Override
  void close();
}
