package bdk.p2p.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.simulator.fault.HostilePeer;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A latency model of a test's own is asked about nodes, and held to its contract. */
class LatencyModelTest {
  private static AssertionError failureWith(LatencyModel model) {
    try (Simulation network = Simulation.builder().seed(7).latency(model).build()) {
      return assertThrows(AssertionError.class, () -> new Duo(network));
    }
  }

  private static void assertSays(String words, AssertionError failure) {
    assertTrue(failure.getMessage().contains(words), failure.getMessage());
    assertTrue(failure.getMessage().contains("seed 7: "), failure.getMessage());
  }

  @Test
  void aNegativeLatencyFailsTheRun() {
    AssertionError failure = failureWith((from, to) -> Duration.ofMillis(from < to ? 20 : -3));
    assertSays("the latency from asker to answerer: ", failure);
    assertSays("LatencyModel.between(1, 0) gave PT-0.003S, not within PT0S to PT1H", failure);
  }

  @Test
  void noLatencyFailsTheRun() {
    assertSays("LatencyModel.between(1, 0) gave null", failureWith((from, to) -> null));
  }

  @Test
  void aModelThatThrowsFailsTheRun() {
    IllegalStateException mistake = new IllegalStateException("a mistake");
    AssertionError failure =
        failureWith(
            (from, to) -> {
              throw mistake;
            });
    assertSays("the latency from asker to answerer: ", failure);
    assertSame(mistake, failure.getCause().getCause());
  }

  @Test
  void aLatencyOfMoreThanAnHourFailsTheRun() {
    Duration longer = Duration.ofHours(1).plusNanos(1);
    assertSays(
        "LatencyModel.between(1, 0) gave PT1H0.000000001S, not within PT0S to PT1H",
        failureWith((from, to) -> longer));
    assertThrows(
        IllegalArgumentException.class, () -> Simulation.builder().latency(longer).build());
  }

  @Test
  void itIsAskedAboutNumbersOfNodesEvenForHostilePeers() {
    Set<Integer> asked = new TreeSet<>();
    LatencyModel model =
        (from, to) -> {
          asked.add(from);
          asked.add(to);
          return Duration.ofMillis(5);
        };
    try (Simulation network = Simulation.builder().latency(model).build()) {
      Duo duo = new Duo(network);
      network.await(duo.ask());
      asked.clear();
      SimNodes both = SimNodes.of(duo.answerer, duo.asker);
      Strike hostile =
          network.during(Duration.ofSeconds(10), new HostilePeer("zero-length-frame"), both);
      assertTrue(hostile.bites() > 0);
      assertEquals(Set.of(0, 1), asked);
      assertFalse(duo.manager().peers().isEmpty());
    }
  }
}
