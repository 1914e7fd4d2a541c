/**
 * Nodes in containers. Nothing else may require this module, because Testcontainers is automatic.
 */
@SuppressWarnings({"module", "requires-automatic"})
module bdk.p2p.simulator.containers {
  // Images, networks and containers.
  requires testcontainers;
  // What Testcontainers tells of a container's addresses.
  requires com.github.dockerjava.api;
}
