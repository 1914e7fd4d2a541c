package bdk.p2p.simulator.scenario;

/** Where a scenario runs. */
public enum BackendKind {
  /** In virtual time, the same way for the same seed. */
  VIRTUAL,
  /** Over real sockets of this machine, in real time. */
  LOOPBACK,
  /** Over the networks of a container engine, each node in a container, in real time. */
  CONTAINERS
}
