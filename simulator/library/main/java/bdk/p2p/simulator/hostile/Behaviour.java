package bdk.p2p.simulator.hostile;

/** One way of being hostile. */
@FunctionalInterface
interface Behaviour {
  /** Begins; all that it does goes through the attack, which ends it. */
  void begin(Attack attack);
}
