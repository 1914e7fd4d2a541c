package bdk.p2p.simulator.fault;

/**
 * Decides about everything that passes between hosts while it is in force. Asked for one passage at
 * a time, never by two threads at once; in virtual time it must draw nothing but from its fault's
 * own stream.
 */
@FunctionalInterface
public interface Rule {
  /** The rank of a rule that takes no account of what it lets pass. */
  int PLAIN = 0;

  /** The rank of a rule that takes account of what it lets pass, and may stop it. */
  int COUNTING = 1;

  /**
   * The rank of a rule that never stops anything: what it does, and counts, is done to what passes.
   */
  int WHOLLY_PASSED = 2;

  /**
   * What becomes of it; {@link Fate#PASS} for what is none of its business. In virtual time a rule
   * that throws or gives null fails the run, and what it was asked about passes.
   */
  Fate judge(Passage passage);

  /**
   * False for a rule that does something to a segment once: it is not asked about the first bytes
   * of one that is held, but about what is left of it when that goes on.
   */
  default boolean takesPieces() {
    return true;
  }

  /**
   * Rules of a lower rank are asked first, so that one that takes account hears only of what the
   * others have let pass, and not again each time that a held passage is asked about.
   */
  default int rank() {
    return PLAIN;
  }
}
