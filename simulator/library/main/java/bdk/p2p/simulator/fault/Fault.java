package bdk.p2p.simulator.fault;

import java.util.Set;

/**
 * One kind of fault with its figures. Immutable; what it does while it is on lives in its context's
 * rules. A user's test may bring kinds of its own.
 */
public interface Fault {
  /** Its name in files and reports, like {@code one-way-partition}. */
  String kind();

  /** What a backend must be able to do. */
  Set<Ability> needs();

  /**
   * True if, while it is on, a broadcast need not reach nodes that are up: it then is expected to
   * arrive only if it was published outside the fault's time.
   */
  boolean disturbsDelivery();

  /** False if it does something even if it ends in the instant in which it begins. */
  default boolean needsTime() {
    return true;
  }

  /** It begins. Called by the driver, outside the nodes. */
  void begin(FaultContext context);

  /** It ends; its rules are out of force already. Called by the driver, outside the nodes. */
  default void end(FaultContext context) {}
}
