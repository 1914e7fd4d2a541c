package bdk.p2p.simulator.backend;

import bdk.p2p.environment.Environment;
import java.net.InetAddress;
import java.time.Duration;

/** One machine on which a node runs. Driver's thread only. */
public interface Machine {
  /** What to call it in messages. */
  default void name(String name) {}

  /** Where its node listens. */
  InetAddress address();

  /**
   * What a new node process on it gets.
   *
   * @throws IllegalStateException if it has no power
   */
  Environment environment();

  /** Power off, without a word to anybody. */
  void powerOff();

  /** Power on, without any process. */
  void powerOn();

  /** Its processes die, and it resets their connections. */
  void kill();

  /** Its processes stand still. */
  default void pause() {
    throw new UnsupportedOperationException("processes of this backend do not stand still");
  }

  /** They go on, if they stand still. */
  default void resume() {}

  /** Loses all that its node processes have stored. */
  void forget();

  /** Its wall clock is wrong by so much from now on. */
  void skewClock(Duration offset);
}
