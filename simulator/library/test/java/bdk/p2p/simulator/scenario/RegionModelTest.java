package bdk.p2p.simulator.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RegionModelTest {
  private static final RegionModel BITCOIN = RegionTable.read("bitcoin-2019", 0.1, 0);

  static RegionModel shares(List<Double> shares) {
    return new RegionModel(
        shares.stream().map(share -> new RegionModel.Region("R", share, 1, 1)).toList(),
        List.of(),
        0,
        0);
  }

  @Test
  void tableHasTheFiguresOfItsSource() {
    assertEquals(
        List.of("NORTH_AMERICA", "EUROPE", "SOUTH_AMERICA", "ASIA_PACIFIC", "JAPAN", "AUSTRALIA"),
        BITCOIN.regions().stream().map(RegionModel.Region::name).toList());
    assertEquals(
        new RegionModel.Region("EUROPE", 0.4998, 40_000_000, 20_700_000), BITCOIN.regions().get(1));
    assertEquals(11, BITCOIN.latencyMillis(1, 1));
    assertEquals(124, BITCOIN.latencyMillis(0, 1));
    assertEquals(325, BITCOIN.latencyMillis(2, 3));
    assertEquals(126, BITCOIN.latencyMillis(4, 5));
    assertEquals(16, BITCOIN.latencyMillis(5, 5));
    assertEquals(2, BITCOIN.indexOf("SOUTH_AMERICA"));
    assertEquals(-1, BITCOIN.indexOf("MARS"));
  }

  @Test
  void roundTripsAreHalved() {
    RegionModel cloud = RegionTable.read("cloud-2024", 0, 0);
    assertEquals(10, cloud.regions().size());
    assertEquals(new RegionModel.Region("Dallas", 0.1, 0, 0), cloud.regions().get(0));
    assertEquals(17, cloud.latencyMillis(0, 1));
    assertEquals(73, cloud.latencyMillis(0, 9));
    assertEquals(72, cloud.latencyMillis(9, 0));
    assertEquals(0.9, cloud.latencyMillis(9, 9));
    for (int from = 0; from < 10; from++) {
      assertEquals(10, cloud.latencyMillis().get(from).size());
    }
  }

  @Test
  void latencyIsTheSameBothWays() {
    assertEquals(6, BITCOIN.latencyMillis().size());
    for (int from = 0; from < 6; from++) {
      assertEquals(6, BITCOIN.latencyMillis().get(from).size());
      for (int to = 0; to < 6; to++) {
        assertEquals(BITCOIN.latencyMillis(from, to), BITCOIN.latencyMillis(to, from));
      }
    }
  }

  @Test
  void sharesOfTheTableAreAll() {
    assertEquals(1, BITCOIN.regions().stream().mapToDouble(RegionModel.Region::share).sum(), 1e-9);
  }

  @Test
  void fiftyNodesAreSpreadByLargestRemainders() {
    // Quotas 16.58, 24.99, 0.45, 5.885, 1.12, 0.975: whole parts 46, the four largest remainders.
    assertEquals(List.of(17, 25, 0, 6, 1, 1), counts(BITCOIN, 50));
  }

  @Test
  void oneNodeGoesToTheLargestRegion() {
    assertEquals(List.of(1), BITCOIN.spread(1));
    assertEquals(List.of(), BITCOIN.spread(0));
  }

  @Test
  void equalRemaindersGoToTheFirstRegions() {
    assertEquals(List.of(2, 2, 1), counts(shares(List.of(1.0, 1.0, 1.0)), 5));
  }

  static List<Integer> counts(RegionModel model, int count) {
    List<Integer> spread = model.spread(count);
    return IntStream.range(0, model.regions().size())
        .map(region -> Collections.frequency(spread, region))
        .boxed()
        .toList();
  }
}
