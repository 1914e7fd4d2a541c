package bdk.p2p.simulator.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;

class RegionModelProps {
  @Property(tries = 500)
  void everyNodeIsPlacedCloseToItsQuota(
      @ForAll @IntRange(max = 10_000) int count,
      @ForAll @Size(min = 1, max = 8)
          List<@DoubleRange(min = 0.001, max = 1) @Scale(3) Double> shares) {
    RegionModel model = RegionModelTest.shares(shares);
    List<Integer> spread = model.spread(count);
    assertEquals(count, spread.size());
    assertEquals(spread, model.spread(count));
    double total = shares.stream().mapToDouble(Double::doubleValue).sum();
    List<Integer> counts = RegionModelTest.counts(model, count);
    for (int region = 0; region < shares.size(); region++) {
      double quota = shares.get(region) / total * count;
      assertTrue(Math.abs(counts.get(region) - quota) < 1 + 1e-6, counts + " of " + shares);
    }
  }
}
