package bdk.p2p.simulator.bench;

import java.util.function.BooleanSupplier;

/** The side that is dialled by many {@link Receivers} and sends each message to all of them. */
interface Sender extends AutoCloseable {
  /** Where it listens, on loopback. */
  int port();

  /** Sends messages to everybody as fast as they are taken, while the condition holds. */
  void flood(BooleanSupplier goesOn) throws Exception;

  @Override
  void close();
}
