package bdk.p2p.simulator.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bdk.p2p.simulator.fault.Delay;
import bdk.p2p.simulator.fault.Scope;
import bdk.p2p.simulator.scenario.ScenarioException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Netem where the kernel has it, else relays; or what the environment says. */
class LatencyMeansTest {
  private static final MachineProbe ALL = new MachineProbe(Set.copyOf(MachineProbe.KNOWN));
  private static final MachineProbe NONE = new MachineProbe(Set.of());
  private static final MachineProbe NO_FILTER = new MachineProbe(Set.of("netem", "htb", "tbf"));

  @Test
  void netemIsChosenWhereAllOfItIsThere() {
    assertEquals(LatencyMeans.NETEM, LatencyMeans.choose(Optional.empty(), ALL));
    assertEquals(LatencyMeans.RELAYS, LatencyMeans.choose(Optional.empty(), NO_FILTER));
  }

  @Test
  void relaysAreTakenWhereTheyAreAskedFor() {
    Optional<LatencyMeans> told = LatencyMeans.told(Optional.of("relay"));
    assertEquals(LatencyMeans.RELAYS, LatencyMeans.choose(told, ALL));
  }

  @Test
  void netemThatIsAskedForAndNotThereNamesWhatIsMissing() {
    Optional<LatencyMeans> told = LatencyMeans.told(Optional.of("netem"));
    assertEquals(LatencyMeans.NETEM, LatencyMeans.choose(told, ALL));
    assertEquals(
        "BDK_LATENCY is netem, but the kernel under the container engine has no u32",
        assertThrows(ScenarioException.class, () -> LatencyMeans.choose(told, NO_FILTER))
            .getMessage());
  }

  @Test
  void relaysThatAreAskedForAndCannotBeReachedNameWhatIsMissing() {
    Optional<LatencyMeans> told = LatencyMeans.told(Optional.of("relay"));
    assertEquals(
        "BDK_LATENCY is relay, but the kernel under the container engine has no redirect",
        assertThrows(ScenarioException.class, () -> LatencyMeans.choose(told, NO_FILTER))
            .getMessage());
  }

  /** A scenario without any needs neither. */
  @Test
  void whatIsMissingForRelaysIsNamedOnceSomethingIsToBeLate() {
    assertEquals(LatencyMeans.RELAYS, LatencyMeans.choose(Optional.empty(), NONE));
    Delay delay = new Delay(Duration.ofSeconds(1), Duration.ZERO, Scope.BOTH);
    assertEquals(
        Optional.of("the kernel under the container engine has no redirect"),
        NetworkFaults.missingFor(delay, NO_FILTER, LatencyMeans.RELAYS));
    assertEquals(Optional.empty(), NetworkFaults.missingFor(delay, ALL, LatencyMeans.RELAYS));
    assertEquals(
        "the backend containers cannot make latencies: the kernel has no redirect",
        assertThrows(ScenarioException.class, () -> Shaping.relays(0, List.of(), NO_FILTER))
            .getMessage());
  }

  @Test
  void nothingElseIsUnderstood() {
    assertEquals(Optional.empty(), LatencyMeans.told(Optional.empty()));
    assertEquals(
        "BDK_LATENCY is 'relays', expected netem or relay",
        assertThrows(ScenarioException.class, () -> LatencyMeans.told(Optional.of("relays")))
            .getMessage());
  }

  @Test
  void moreJitterThanTheKernelDrawsIsRefused() {
    assertEquals(Optional.empty(), missing(Duration.ofSeconds(4)));
    assertEquals(
        Optional.of("netem draws at most 4 s of jitter; with BDK_LATENCY=relay there is more"),
        missing(Duration.ofSeconds(5)));
  }

  @Test
  void relaysDrawAnyJitter() {
    Delay delay = new Delay(Duration.ZERO, Duration.ofSeconds(5), Scope.BOTH);
    assertEquals(Optional.empty(), NetworkFaults.missingFor(delay, ALL, LatencyMeans.RELAYS));
  }

  private static Optional<String> missing(Duration jitter) {
    Delay delay = new Delay(Duration.ZERO, jitter, Scope.BOTH);
    return NetworkFaults.missingFor(delay, ALL, LatencyMeans.NETEM);
  }
}
