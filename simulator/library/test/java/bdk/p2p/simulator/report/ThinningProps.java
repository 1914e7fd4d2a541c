package bdk.p2p.simulator.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What is chosen of many things, however many there are. */
class ThinningProps {
  @Property
  void chosenAreDifferentAndWithinTheBound(
      @ForAll @IntRange(max = 5_000) int count, @ForAll @IntRange(max = 500) int most) {
    List<Integer> chosen = Thinning.evenly(count, most);
    assertEquals(Math.min(count, most), new HashSet<>(chosen).size());
    assertEquals(chosen.stream().sorted().toList(), chosen);
    assertTrue(chosen.stream().allMatch(index -> index >= 0 && index < count));
  }

  @Property
  void oneThatIsWantedIsThereIfThereIsRoom(
      @ForAll @IntRange(min = 1, max = 5_000) int count, @ForAll @IntRange(max = 500) int most) {
    int wanted = count / 3;
    List<Integer> chosen = Thinning.evenlyWith(wanted, count, most);
    assertTrue(chosen.size() <= most);
    assertEquals(most > 0, chosen.contains(wanted));
  }

  @Property
  void sharesFillTheRoomOrHoldEverything(
      @ForAll @Size(max = 20) List<@IntRange(max = 1_000) Integer> counts,
      @ForAll @IntRange(max = 3_000) int most) {
    int[] shares = Thinning.shares(counts, most);
    int all = counts.stream().mapToInt(Integer::intValue).sum();
    assertEquals(Math.min(all, most), Arrays.stream(shares).sum());
  }
}
