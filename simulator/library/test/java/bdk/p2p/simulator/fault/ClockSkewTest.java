package bdk.p2p.simulator.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClockSkewTest {
  private static final Duration FIVE = Duration.ofSeconds(5);

  @Test
  void theVictimsWallClockIsWrongUntilItIsPutRight() {
    try (FaultRig rig = new FaultRig(2)) {
      Clock right = rig.machine(0).environment().clock();
      Clock wrong = rig.machine(1).environment().clock();
      long nanoTime = rig.machine(1).environment().nanoTime();
      FaultRig.Struck struck = rig.strike(ClockSkew.by(FIVE.negated()), 1);
      assertEquals(right.instant().minus(FIVE), wrong.instant());
      assertEquals(right.instant().minus(FIVE), wrong.withZone(ZoneId.of("Asia/Tokyo")).instant());
      assertEquals(nanoTime, rig.machine(1).environment().nanoTime());
      assertEquals(1, struck.bites);
      struck.end();
      assertEquals(right.instant(), wrong.instant());
    }
  }

  @Test
  void aProcessThatStartsMeanwhileHasTheWrongClockToo() {
    try (FaultRig rig = new FaultRig(2)) {
      Clock right = rig.machine(0).environment().clock();
      FaultRig.Struck struck = rig.strike(ClockSkew.by(FIVE), 1);
      Clock wrong = rig.machine(1).environment().clock();
      assertEquals(right.instant().plus(FIVE), wrong.instant());
      struck.end();
      assertEquals(right.instant(), wrong.instant());
    }
  }

  @Test
  void eachVictimDrawsItsOwnWithinTheBound() {
    try (FaultRig rig = new FaultRig(20)) {
      Integer[] all = new Integer[20];
      for (int index = 0; index < all.length; index++) {
        all[index] = index;
      }
      FaultRig.Struck struck = rig.strike(ClockSkew.upTo(FIVE), all);
      List<Duration> skews = List.copyOf(struck.skews);
      assertEquals(20, skews.stream().distinct().count());
      assertTrue(skews.stream().allMatch(skew -> skew.abs().compareTo(FIVE) <= 0), "" + skews);
      assertTrue(skews.stream().anyMatch(Duration::isNegative));
      assertTrue(skews.stream().anyMatch(skew -> skew.compareTo(Duration.ZERO) > 0));
      struck.end();
      assertEquals(
          List.of(Duration.ZERO), struck.skews.subList(20, 40).stream().distinct().toList());
    }
  }

  @Test
  void figuresOutOfBoundsAreNamed() {
    assertEquals(
        "clock-skew: most is PT-1S, expected PT0S to PT8760H",
        assertThrows(
                IllegalArgumentException.class,
                () -> new ClockSkew(Duration.ZERO, Duration.ofSeconds(-1)))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> ClockSkew.by(Duration.ofDays(366)));
  }
}
