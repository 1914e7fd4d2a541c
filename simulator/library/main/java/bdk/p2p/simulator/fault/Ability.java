package bdk.p2p.simulator.fault;

/** What a backend can do to a network; a fault names those that it needs. */
public enum Ability {
  /** Rules about what passes between two hosts: delay, lose, hold, cut, refuse, alter. */
  RULES,
  /** A machine loses power, and no word of it reaches anybody. */
  POWER_OFF,
  /** A node's process dies, and its machine resets its connections. */
  KILL,
  /** A node stops in order, and starts again. */
  STOP,
  /** A node's process stands still, while its machine goes on. */
  PAUSE,
  /** A node's wall clock is wrong. */
  CLOCK,
  /** Hosts beside the nodes that send bytes of their own choice. */
  HOSTILE_PEERS
}
