package bdk.p2p.simulator.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BandwidthTest {
  /** 100 bytes a millisecond. */
  private static final long SLOW = 800_000;

  private static long millis(FaultRig rig, FaultRig.End from, FaultRig.End to, int count) {
    int before = to.bytes.size();
    long sent = rig.now();
    from.send(count);
    rig.runMillis(10_000);
    return (to.gotAt(before + count) - sent - FaultRig.LATENCY) / FaultRig.MILLI;
  }

  @Test
  void uploadAndDownloadHaveLimitsOfTheirOwn() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      assertEquals(0, millis(rig, line.dialler(), line.acceptor(), 100_000));
      FaultRig.Struck struck = rig.strike(new Bandwidth(SLOW, 4 * SLOW), 0);
      assertEquals(1_000, millis(rig, line.dialler(), line.acceptor(), 100_000));
      assertEquals(250, millis(rig, line.acceptor(), line.dialler(), 100_000));
      assertTrue(struck.bites > 0);
      int bites = struck.bites;
      struck.end();
      assertEquals(0, millis(rig, line.dialler(), line.acceptor(), 100_000));
      assertEquals(0, millis(rig, line.acceptor(), line.dialler(), 100_000));
      assertEquals(bites, struck.bites);
    }
  }

  @Test
  void noLimitOneWayIsNoLimit() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      rig.strike(new Bandwidth(0, SLOW), 0);
      assertEquals(0, millis(rig, line.dialler(), line.acceptor(), 100_000));
      assertEquals(1_000, millis(rig, line.acceptor(), line.dialler(), 100_000));
    }
  }

  @Test
  void oneConnectionsBacklogDelaysAllOthersOfTheHost() {
    try (FaultRig rig = new FaultRig(3)) {
      FaultRig.Line bulk = rig.line(0, 1);
      FaultRig.Line other = rig.line(0, 2);
      FaultRig.Struck struck = rig.strike(new Bandwidth(SLOW, 0), 0);
      byte[] sent = FaultRig.bytes(200_000);
      bulk.dialler().send(sent);
      assertEquals(2_001, millis(rig, other.dialler(), other.acceptor(), 100));
      assertArrayEquals(sent, bulk.acceptor().got());
      assertTrue(struck.bites > 5);
    }
  }

  @Test
  void theLongerItGoesOnTheLongerItTakes() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      rig.strike(new Bandwidth(SLOW, 0), 0);
      for (int n = 0; n < 100; n++) {
        line.dialler().send(1_000); // twice as much as passes
        rig.runMillis(5);
      }
      rig.runMillis(5_000);
      assertTrue(delayOf(line, 10) < 100 * FaultRig.MILLI);
      assertTrue(delayOf(line, 95) > 400 * FaultRig.MILLI);
    }
  }

  /** How long the message of this number took; the first was sent one second after the start. */
  private static long delayOf(FaultRig.Line line, int number) {
    long first = line.acceptor().arrivals.firstEntry().getValue();
    return line.acceptor().gotAt((number + 1) * 1_000) - first - number * 5 * FaultRig.MILLI;
  }

  @Test
  void aDialWaitsForTheBacklogLikeEverythingElse() {
    try (FaultRig rig = new FaultRig(3)) {
      FaultRig.Line bulk = rig.line(0, 1);
      rig.strike(new Bandwidth(SLOW, 0), 0);
      bulk.dialler().send(200_000);
      FaultRig.Dial late = rig.dial(0, 2, 1_000);
      rig.runMillis(1_500);
      assertTrue(late.future().isDone());
      assertTrue(late.future().cause().getMessage().startsWith("connection timed out"));
    }
  }

  @Test
  void whatStillWaitsLeavesAtTheEnd() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      FaultRig.Struck struck = rig.strike(new Bandwidth(SLOW, 0), 0);
      long end = rig.now() + 500 * FaultRig.MILLI;
      struck.untilNanos = end;
      byte[] sent = FaultRig.bytes(200_000); // two seconds of them
      line.dialler().send(sent);
      rig.runMillis(500);
      assertTrue(line.acceptor().bytes.size() <= 50_000);
      struck.end();
      assertEquals(0, millis(rig, line.dialler(), line.acceptor(), 100));
      assertEquals(end + FaultRig.LATENCY, line.acceptor().gotAt(200_000));
      assertEquals(200_100, line.acceptor().bytes.size());
    }
  }

  @Test
  void whatIsHeldElsewhereIsNotCountedTwice() {
    try (FaultRig rig = new FaultRig(3)) {
      FaultRig.Line held = rig.line(0, 1);
      FaultRig.Line free = rig.line(0, 2);
      rig.strike(new Bandwidth(SLOW, 0), 0);
      FaultRig.Struck stall = rig.strike(new Stall(0), 1);
      held.dialler().send(10_000);
      rig.runMillis(5_000);
      assertEquals(1, millis(rig, free.dialler(), free.acceptor(), 100));
      stall.end();
      rig.runMillis(5_000);
      assertEquals(10_000, held.acceptor().bytes.size());
    }
  }

  @Test
  void nobodyWaitsWhereNothingIsBeforeHim() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      FaultRig.Struck struck = rig.strike(new Bandwidth(Bandwidth.MOST_BITS, 0), 0);
      line.dialler().send(1);
      rig.runMillis(100);
      assertEquals(0, struck.bites);
    }
  }

  @Test
  void figuresOutOfBoundsAreNamed() {
    assertEquals(
        "bandwidth: uploadBitsPerSecond is 999, expected 1000 to 1000000000000",
        assertThrows(IllegalArgumentException.class, () -> new Bandwidth(999, 0)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Bandwidth(0, -1));
    assertThrows(IllegalArgumentException.class, () -> new Bandwidth(0, 0));
  }
}
