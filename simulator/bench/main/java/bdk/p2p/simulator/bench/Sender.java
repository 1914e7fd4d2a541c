package bdk.p2p.simulator.bench;

import java.util.function.BooleanSupplier;

/** The side that is dialled by many {@link Receivers} and sends to them. */
interface Sender extends Listener {
  /** Sends messages to everybody as fast as they are taken, while the condition holds. */
  void flood(byte[] payload, BooleanSupplier goesOn) throws Exception;

  /**
   * Sends each message to one receiver, to another each time. Called by several threads at once
   * where a case says so.
   */
  default void spread(byte[] payload, BooleanSupplier goesOn) throws Exception {
    flood(payload, goesOn);
  }
}
