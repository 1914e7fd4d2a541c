package bdk.p2p.simulator.bench;

/** The side that is dialled: answers each request with its own payload, counts one-way messages. */
interface Responder extends Listener {
  /** One-way messages until now; any thread. */
  long received();

  /** Sessions that are open; any thread. */
  int sessions();
}
