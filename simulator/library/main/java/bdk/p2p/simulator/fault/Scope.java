package bdk.p2p.simulator.fault;

import java.util.Set;

/** Which way a fault works, seen from its victims. */
public enum Scope {
  /** What the victims send, and what is sent to them. */
  BOTH,
  /** What the victims send. */
  FROM_VICTIMS,
  /** What is sent to the victims. */
  TO_VICTIMS,
  /** What one victim sends another. */
  BETWEEN_VICTIMS;

  /** True if a passage is the business of a fault with these victims. */
  boolean holds(Set<Integer> victims, Passage passage) {
    return holds(victims, passage.from(), passage.to());
  }

  /**
   * True if what one node sends another is the business of a fault with these victims.
   *
   * @param victims the indexes of nodes
   */
  public boolean holds(Set<Integer> victims, int from, int to) {
    boolean sends = victims.contains(from);
    boolean receives = victims.contains(to);
    return switch (this) {
      case BOTH -> sends || receives;
      case FROM_VICTIMS -> sends;
      case TO_VICTIMS -> receives;
      case BETWEEN_VICTIMS -> sends && receives;
    };
  }
}
