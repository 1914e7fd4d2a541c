package bdk.p2p.simulator.containers;

import bdk.p2p.simulator.scenario.ScenarioException;
import java.util.List;
import java.util.Optional;

/** What makes the latencies between containers. Immutable. */
enum LatencyMeans {
  /** The kernel, as {@link Ways} has it. */
  NETEM,
  /** The agents of all machines. */
  RELAYS;

  /** Of the environment: {@code netem} or {@code relay}; without it, netem where it is there. */
  static final String VARIABLE = "BDK_LATENCY";

  /** What the kernel must have for {@link #NETEM}, by the names of {@link MachineProbe}. */
  static final List<String> NEEDS = List.of("netem", "htb", "u32", "tbf");

  /**
   * Understands the variable.
   *
   * @throws ScenarioException naming what it may be
   */
  static Optional<LatencyMeans> told(Optional<String> value) {
    return value.map(
        one ->
            switch (one) {
              case "netem" -> NETEM;
              case "relay" -> RELAYS;
              default ->
                  throw new ScenarioException(
                      "%s is '%s', expected netem or relay".formatted(VARIABLE, one));
            });
  }

  /**
   * Chooses.
   *
   * @throws ScenarioException if netem is told, naming what the kernel lacks for it
   */
  static LatencyMeans choose(Optional<LatencyMeans> told, MachineProbe probe) {
    List<String> missing = NEEDS.stream().filter(one -> !probe.has(one)).toList();
    if (told.equals(Optional.of(NETEM)) && !missing.isEmpty()) {
      throw new ScenarioException(
          "%s is netem, but the kernel under the container engine has no %s"
              .formatted(VARIABLE, String.join(", ", missing)));
    }
    return told.orElse(missing.isEmpty() ? NETEM : RELAYS);
  }
}
