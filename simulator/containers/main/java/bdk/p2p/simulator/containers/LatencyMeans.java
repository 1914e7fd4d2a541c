package bdk.p2p.simulator.containers;

import bdk.p2p.simulator.scenario.ScenarioException;
import java.util.List;
import java.util.Optional;

/** What makes the latencies between containers. Immutable. */
enum LatencyMeans {
  /** The kernel, as {@link Ways} has it. */
  NETEM("netem", List.of("netem", "htb", "u32", "tbf")),
  /** The agents of all machines, to which the kernel leads what nodes dial. */
  RELAYS("relay", List.of("redirect"));

  /** Of the environment: {@code netem} or {@code relay}; without it, netem where it is there. */
  static final String VARIABLE = "BDK_LATENCY";

  private final String value;
  private final List<String> needs;

  LatencyMeans(String value, List<String> needs) {
    this.value = value;
    this.needs = needs;
  }

  /** What the kernel must have for it, by the names of {@link MachineProbe}. */
  List<String> needs() {
    return needs;
  }

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
   * Chooses. Relays are what is left where nothing is told: whether the kernel has what they need
   * is asked once something is to be late.
   *
   * @throws ScenarioException if one is told, naming what the kernel lacks for it
   */
  static LatencyMeans choose(Optional<LatencyMeans> told, MachineProbe probe) {
    told.ifPresent(one -> one.requireTold(probe));
    return told.orElse(NETEM.missing(probe).isEmpty() ? NETEM : RELAYS);
  }

  private void requireTold(MachineProbe probe) {
    List<String> missing = missing(probe);
    if (!missing.isEmpty()) {
      throw new ScenarioException(
          "%s is %s, but the kernel under the container engine has no %s"
              .formatted(VARIABLE, value, String.join(", ", missing)));
    }
  }

  private List<String> missing(MachineProbe probe) {
    return needs.stream().filter(one -> !probe.has(one)).toList();
  }
}
