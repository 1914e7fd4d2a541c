package bdk.p2p.simulator.run;

import bdk.p2p.simulator.backend.Backend;
import bdk.p2p.simulator.backend.Distances;
import bdk.p2p.simulator.scenario.BackendKind;
import bdk.p2p.simulator.scenario.Scenario;
import bdk.p2p.simulator.scenario.ScenarioException;
import java.util.Locale;
import java.util.ServiceLoader;

/** Makes backends that the library does not have itself; found as a service. No state. */
public interface BackendProvider {
  /** Which kind it makes. */
  BackendKind kind();

  /**
   * A backend for one run of a scenario.
   *
   * @throws ScenarioException if this machine cannot have one, naming what is missing
   */
  Backend open(Scenario scenario, long seed, Distances distances);

  /**
   * The provider of a kind.
   *
   * @throws ScenarioException if there is none
   */
  static BackendProvider of(BackendKind kind) {
    return ServiceLoader.load(BackendProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.kind() == kind)
        .findFirst()
        .orElseThrow(
            () ->
                new ScenarioException(
                    ("the backend %s is missing: no module on the module path provides it;"
                            + " simulator/bdk-sim of the project has it")
                        .formatted(kind.name().toLowerCase(Locale.ROOT))));
  }
}
