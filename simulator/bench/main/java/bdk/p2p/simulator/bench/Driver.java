package bdk.p2p.simulator.bench;

import java.util.function.BooleanSupplier;

/** The side that dials, and makes the load. */
interface Driver extends Asker, AutoCloseable {
  /**
   * Sends one-way messages as fast as they are taken, while the condition holds; then returns.
   * Called by several threads at once where a case says so.
   *
   * @param payload what to send; not changed
   */
  void flood(byte[] payload, BooleanSupplier goesOn) throws Exception;

  @Override
  void close();
}
