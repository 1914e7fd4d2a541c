package bdk.p2p.simulator.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DelayTest {
  private static final Duration HUNDRED = Duration.ofMillis(100);

  /** How much longer than without a fault ten bytes take. */
  private static long extraMillis(FaultRig rig, FaultRig.End from, FaultRig.End to) {
    int before = to.bytes.size();
    long sent = rig.now();
    from.send(10);
    rig.runMillis(2_000);
    return (to.gotAt(before + 10) - sent - FaultRig.LATENCY) / FaultRig.MILLI;
  }

  /** Host 0 dials 1, and 0 and 1, or 1 alone, are the victims; 2 and 3 are none. */
  @ParameterizedTest
  @CsvSource({
    "BOTH, 100, 100, 100, 100",
    "FROM_VICTIMS, 0, 100, 100, 100",
    "TO_VICTIMS, 100, 0, 100, 100",
    "BETWEEN_VICTIMS, 0, 0, 100, 100"
  })
  void delaysWhatPassesItsWayAndNothingElse(
      Scope scope, long toOne, long fromOne, long thereBoth, long backBoth) {
    try (FaultRig rig = new FaultRig(4)) {
      FaultRig.Line line = rig.line(0, 1);
      FaultRig.Line others = rig.line(2, 3);
      FaultRig.Struck one = rig.strike(new Delay(HUNDRED, Duration.ZERO, scope), 1);
      assertEquals(toOne, extraMillis(rig, line.dialler(), line.acceptor()));
      assertEquals(fromOne, extraMillis(rig, line.acceptor(), line.dialler()));
      one.end();
      FaultRig.Struck both = rig.strike(new Delay(HUNDRED, Duration.ZERO, scope), 0, 1);
      assertEquals(thereBoth, extraMillis(rig, line.dialler(), line.acceptor()));
      assertEquals(backBoth, extraMillis(rig, line.acceptor(), line.dialler()));
      assertEquals(0, extraMillis(rig, others.dialler(), others.acceptor()));
      assertTrue(both.bites > 0);
      both.end();
    }
  }

  @Test
  void nothingIsLateBeforeAndAfter() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      assertEquals(0, extraMillis(rig, line.dialler(), line.acceptor()));
      FaultRig.Struck struck = rig.strike(new Delay(HUNDRED, Duration.ZERO, Scope.BOTH), 0);
      assertEquals(100, extraMillis(rig, line.dialler(), line.acceptor()));
      int bites = struck.bites;
      struck.end();
      assertEquals(0, extraMillis(rig, line.dialler(), line.acceptor()));
      assertEquals(bites, struck.bites);
    }
  }

  @Test
  void jitterIsDrawnAnewAndNeverReorders() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      rig.strike(new Delay(HUNDRED, HUNDRED, Scope.BOTH), 1);
      byte[] sent = FaultRig.bytes(200_000);
      line.dialler().send(sent);
      long first = rig.now() + FaultRig.LATENCY + 100 * FaultRig.MILLI;
      rig.runMillis(2_000);
      assertArrayEquals(sent, line.acceptor().got());
      assertTrue(line.acceptor().arrivals.values().stream().allMatch(at -> at >= first));
      Set<Long> extra = new TreeSet<>();
      for (int n = 0; n < 10; n++) {
        extra.add(extraMillis(rig, line.dialler(), line.acceptor()));
      }
      assertTrue(extra.size() > 3, extra::toString);
      assertTrue(
          extra.stream().allMatch(millis -> millis >= 100 && millis <= 200), extra::toString);
    }
  }

  @Test
  void dialsTakeLongerToo() {
    try (FaultRig rig = new FaultRig(2)) {
      rig.strike(new Delay(HUNDRED, Duration.ZERO, Scope.BOTH), 1);
      FaultRig.Dial dial = rig.dial(0, 1);
      rig.runMillis(219);
      assertFalse(dial.future().isDone());
      rig.runMillis(1);
      assertTrue(dial.future().isSuccess());
    }
  }

  @Test
  void onlyALongDelayDisturbsDelivery() {
    assertFalse(new Delay(HUNDRED, HUNDRED, Scope.BOTH).disturbsDelivery());
    assertTrue(new Delay(HUNDRED, Duration.ofMillis(900), Scope.BOTH).disturbsDelivery());
  }

  @Test
  void figuresOutOfBoundsAreNamed() {
    assertEquals(
        "latency: delay is PT-0.001S, expected PT0S to PT1H",
        assertThrows(
                IllegalArgumentException.class,
                () -> new Delay(Duration.ofMillis(-1), Duration.ZERO, Scope.BOTH))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> new Delay(Duration.ZERO, Duration.ofHours(2), Scope.BOTH));
    assertThrows(
        IllegalArgumentException.class, () -> new Delay(Duration.ZERO, Duration.ZERO, Scope.BOTH));
  }
}
