package bdk.p2p.simulator.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is chosen of many things, in examples. */
class ThinningTest {
  @Test
  void fewThingsAreAllChosen() {
    assertEquals(List.of(0, 1, 2), Thinning.evenly(3, 3));
    assertEquals(List.of(), Thinning.evenly(0, 3));
  }

  @Test
  void firstAndLastAreAmongTheChosen() {
    assertEquals(List.of(0, 4, 9), Thinning.evenly(10, 3));
    assertEquals(List.of(9), Thinning.evenly(10, 1));
    assertEquals(List.of(), Thinning.evenly(10, 0));
  }

  @Test
  void smallGroupsAreWholeAndLargeOnesShare() {
    assertArrayEquals(new int[] {45, 10, 45}, Thinning.shares(List.of(1_000, 10, 500), 100));
    assertArrayEquals(new int[] {3, 0}, Thinning.shares(List.of(3, 0), 100));
    assertArrayEquals(new int[] {}, Thinning.shares(List.of(), 100));
  }

  @Test
  void longNameEndsWithAnEllipsis() {
    String longest = "x".repeat(PageBounds.NAME);
    assertEquals(longest, Thinning.name(longest));
    assertEquals("x".repeat(PageBounds.NAME - 1) + "…", Thinning.name(longest + "y"));
  }
}
