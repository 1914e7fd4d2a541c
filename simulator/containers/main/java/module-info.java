/**
 * Scenarios across containers. Nothing else may require this module, because Testcontainers is
 * automatic; who wants it puts it on the module path, where it is found as a service.
 */
@SuppressWarnings({"module", "requires-automatic"})
module bdk.p2p.simulator.containers {
  // What it is found as: the backend "containers".
  provides bdk.p2p.simulator.run.BackendProvider with
      bdk.p2p.simulator.containers.ContainersProvider;

  // Scenarios, faults, and what commands nodes in other processes.
  requires bdk.p2p.simulator;
  // Images, networks and containers.
  requires testcontainers;
  // What Testcontainers itself has no words for: pausing, killing, labels, addresses.
  requires com.github.dockerjava.api;
}
