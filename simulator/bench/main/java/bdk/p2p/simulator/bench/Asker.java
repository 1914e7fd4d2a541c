package bdk.p2p.simulator.bench;

/** Sends what is answered sometime. */
interface Asker {
  /**
   * Sends one request. Called from any thread for the first ones, and later from the thread that
   * ran the callback of another.
   *
   * @param payload what to send; not changed
   * @param answered runs when the answer is there
   */
  void request(byte[] payload, Runnable answered);
}
