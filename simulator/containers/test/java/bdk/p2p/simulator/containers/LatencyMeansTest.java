package bdk.p2p.simulator.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bdk.p2p.simulator.fault.Delay;
import bdk.p2p.simulator.fault.Scope;
import bdk.p2p.simulator.scenario.ScenarioException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Netem where the kernel has it, else relays; or what the environment says. */
class LatencyMeansTest {
  private static final MachineProbe ALL = new MachineProbe(Set.copyOf(MachineProbe.KNOWN));
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

  private static Optional<String> missing(Duration jitter) {
    return NetworkFaults.missingFor(new Delay(Duration.ZERO, jitter, Scope.BOTH), ALL);
  }
}
