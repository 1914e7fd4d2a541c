package bdk.p2p.simulator.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.simulator.bench.BenchCase.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RatioFloorsTest {
  private static final BenchCase REQUESTS = BenchCase.named("request-64").get(0);

  private static final Set<Contender> LIBRARY =
      EnumSet.of(Contender.LIBRARY, Contender.LIGHT, Contender.ONE_LOOP);

  private static final double MADE_BYTES = 300;

  /** Three rounds; the machine was slow in the second one, for both. */
  private static BenchResult result(double perSecond, double p99) {
    return BenchResult.of(
        REQUESTS,
        Map.of(
            Contender.NETTY,
            List.of(window(1000, 10), window(100, 100), window(1000, 10)),
            Contender.LIBRARY,
            List.of(window(perSecond, p99), window(perSecond / 10, 10 * p99), window(1, 10_000))));
  }

  private static Window window(double perSecond, double p99) {
    return new Window(perSecond, p99 / 2, p99, 2 * p99, MADE_BYTES, 0, 0);
  }

  @Test
  void everyCaseHasAFloorForEachOfTheLibrarysWaysThatCanBeBroken() {
    Map<String, Map<String, Floors.Floor>> cases = Floors.ofProject().cases();
    assertEquals(BenchCase.names().collect(Collectors.toSet()), cases.keySet());
    for (BenchCase one : BenchCase.ALL) {
      Map<String, Floors.Floor> floors = cases.get(one.name());
      assertEquals(
          one.contenders().stream()
              .filter(LIBRARY::contains)
              .map(Contender::shown)
              .collect(Collectors.toSet()),
          floors.keySet(),
          one.name());
      for (Floors.Floor floor : floors.values()) {
        assertTrue(floor.throughput() > 0, one.name());
        assertEquals(one.kind().isTimed(), floor.p99() > 0, one.name());
        boolean isMade = one.kind() != Kind.START && one.kind() != Kind.IDLE;
        assertEquals(isMade, floor.madeBytes() > 0, one.name());
        assertEquals(one.kind() == Kind.IDLE, floor.heapBytes() > 0, one.name());
      }
    }
  }

  @Test
  void ratiosAreOfTheSameRoundAndTheirMedianCounts() {
    BenchResult.Ratios ratios = result(500, 20).ratios().get("library");
    assertEquals(new Spread(0.5, 0.001, 0.5), ratios.throughput());
    assertEquals(new Spread(2, 2, 1000), ratios.p99());
  }

  private static Floors floors(Floors.Floor floor) {
    return new Floors(Map.of("request-64", Map.of("library", floor)));
  }

  @Test
  void whatIsTooMuchIsNamed() {
    assertEquals(
        List.of("request-64, library: 300 bytes allocated for a message, expected at most 299"),
        floors(new Floors.Floor(0.5, 2, MADE_BYTES - 1, 0, 0)).breaches(result(500, 20)));
  }

  @Test
  void limitThatMeasuredNothingIsNone() {
    Floors floors = floors(new Floors.Floor(0.5, 2, MADE_BYTES, 0, 0));
    Window nothing = window(0, 0);
    for (double perSecond : new double[] {0, 500}) {
      BenchResult result =
          BenchResult.of(
              REQUESTS,
              Map.of(
                  Contender.NETTY,
                  List.of(nothing),
                  Contender.LIBRARY,
                  List.of(window(perSecond, perSecond))));
      assertEquals(2, floors.breaches(result).size(), "at " + perSecond);
    }
  }

  @Test
  void whatFallsBelowItsFloorIsNamed() {
    Floors floors = floors(new Floors.Floor(0.5, 2, MADE_BYTES, 0, 0));
    assertEquals(List.of(), floors.breaches(result(500, 20)));
    assertEquals(
        List.of("request-64, library: throughput is 0.40 of bare Netty's, expected at least 0.50"),
        floors.breaches(result(400, 20)));
    assertEquals(
        List.of("request-64, library: p99 is 3.00 of bare Netty's, expected at most 2.00"),
        floors.breaches(result(500, 30)));
  }
}
