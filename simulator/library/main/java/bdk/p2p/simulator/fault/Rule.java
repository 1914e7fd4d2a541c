package bdk.p2p.simulator.fault;

/**
 * Decides about everything that passes between hosts while it is in force. Asked for one passage at
 * a time, never by two threads at once; in virtual time it must draw nothing but from its fault's
 * own stream.
 */
@FunctionalInterface
public interface Rule {
  /** What becomes of it; {@link Fate#PASS} for what is none of its business. */
  Fate judge(Passage passage);
}
