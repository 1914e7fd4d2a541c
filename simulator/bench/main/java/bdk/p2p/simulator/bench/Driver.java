package bdk.p2p.simulator.bench;

import java.util.function.BooleanSupplier;

/** The side that dials, and makes the load. */
interface Driver extends AutoCloseable {
  /**
   * Sends one request. Called from any thread for the first ones, and later from the thread that
   * ran the callback of another.
   *
   * @param answered runs when the answer is there
   */
  void request(Runnable answered);

  /** Sends one-way messages as fast as they are taken, while the condition holds; then returns. */
  void flood(BooleanSupplier goesOn) throws Exception;

  @Override
  void close();
}
