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
    boolean from = victims.contains(passage.from());
    boolean to = victims.contains(passage.to());
    return switch (this) {
      case BOTH -> from || to;
      case FROM_VICTIMS -> from;
      case TO_VICTIMS -> to;
      case BETWEEN_VICTIMS -> from && to;
    };
  }
}
