package bdk.p2p.simulator.containers;

import bdk.p2p.simulator.backend.Backend;
import bdk.p2p.simulator.backend.Distances;
import bdk.p2p.simulator.remote.FarBackend;
import bdk.p2p.simulator.run.BackendProvider;
import bdk.p2p.simulator.scenario.BackendKind;
import bdk.p2p.simulator.scenario.Scenario;

/** Makes the backend {@code containers}. No state. */
public final class ContainersProvider implements BackendProvider {
  /** Asked for by the service loader. */
  public ContainersProvider() {}

  @Override
  public BackendKind kind() {
    return BackendKind.CONTAINERS;
  }

  @Override
  public Backend open(Scenario scenario, long seed, Distances distances) {
    return new FarBackend(scenario, seed, distances, ContainerFleet.open(scenario));
  }
}
