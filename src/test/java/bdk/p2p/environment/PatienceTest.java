package bdk.p2p.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.SelectStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatienceTest {
  private static final long SOON = 299_999;
  private static final long TOO_LATE = 300_000;

  private final Patience patience = new Patience();

  private long now;
  private final EagerSelect loop = new EagerSelect(() -> now);

  private int worthwhileOf(int times) {
    int count = 0;
    for (int n = 0; n < times; n++) {
      if (patience.isWorthwhile()) {
        count++;
        patience.foundNothing();
      }
    }
    return count;
  }

  @Test
  void whoFindsNothingTriesOneOf32Times() {
    assertEquals(10, worthwhileOf(320));
  }

  @Test
  void whoFindsSomethingGoesOnUntilItIsInVainTooOften() {
    for (int n = 0; n < 100; n++) {
      patience.found(SOON);
    }
    for (int n = 0; n < 999; n++) {
      assertTrue(patience.isWorthwhile());
      patience.foundNothing();
      if (n % 3 == 2) {
        patience.found(SOON);
        patience.found(SOON);
      }
    }
    // 16 that it may have in vain, and one of 32 of the others.
    assertEquals(16 + 10, worthwhileOf(16 + 320));
  }

  @Test
  void whatIsFoundTooLateIsFoundInVain() {
    patience.found(SOON);
    assertTrue(patience.isWorthwhile());
    patience.found(TOO_LATE);
    assertTrue(patience.isWorthwhile());
    patience.found(TOO_LATE);
    assertFalse(patience.isWorthwhile());
  }

  @ParameterizedTest
  @CsvSource({"1000, 50", "5000, 40", "100000, 3", "3000000, 1"})
  void loopThatFindsNothingSleepsAtOnceMostTimes(long step, int expectedLooks) throws Exception {
    int looks = 0;
    for (int n = 0; n < 31; n++) {
      assertEquals(SelectStrategy.SELECT, loop.calculateStrategy(() -> 0, false));
    }
    while (loop.calculateStrategy(() -> 0, false) == 0) {
      looks++;
      now += step;
    }
    assertEquals(expectedLooks, looks);
    for (int n = 0; n < 31; n++) {
      assertEquals(SelectStrategy.SELECT, loop.calculateStrategy(() -> 0, false));
    }
    assertEquals(0, loop.calculateStrategy(() -> 0, false));
  }

  @Test
  void loopThatFoundSomethingLooksAgain() throws Exception {
    for (int n = 0; n < 31; n++) {
      loop.calculateStrategy(() -> 0, false);
    }
    assertEquals(0, loop.calculateStrategy(() -> 0, false));
    assertEquals(7, loop.calculateStrategy(() -> 7, false));
    // Paid, so it looks again; so do tasks that come meanwhile.
    assertEquals(0, loop.calculateStrategy(() -> 0, false));
    assertEquals(3, loop.calculateStrategy(() -> 3, true));
    assertEquals(0, loop.calculateStrategy(() -> 0, false));
  }

  @Test
  void loopWhoseProcessorOthersKeepSleeps() throws Exception {
    for (int n = 0; n < 31; n++) {
      loop.calculateStrategy(() -> 0, false);
    }
    assertEquals(0, loop.calculateStrategy(() -> 0, false));
    now += TOO_LATE;
    assertEquals(3, loop.calculateStrategy(() -> 3, true));
    assertEquals(SelectStrategy.SELECT, loop.calculateStrategy(() -> 0, false));
  }

  @Test
  void loopWithTasksNeverSleeps() throws Exception {
    for (int n = 0; n < 100; n++) {
      assertFalse(loop.calculateStrategy(() -> 0, true) < 0);
    }
  }
}
