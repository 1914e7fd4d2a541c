package bdk.p2p.simulator.backend;

/** A fault that a backend makes by means of its own. Driver's thread only. */
public interface MadeFault {
  /** How often it did something to somebody so far. */
  long bites();

  /** It ends, once. */
  void end();
}
