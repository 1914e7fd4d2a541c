package bdk.p2p.simulator.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlowReaderTest {
  @Test
  void eachConnectionBringsSoManyBytesASecond() {
    try (FaultRig rig = new FaultRig(3)) {
      FaultRig.Line one = rig.line(0, 1);
      FaultRig.Line other = rig.line(1, 2); // the victim dialled
      FaultRig.Struck struck = rig.strike(new SlowReader(10_000), 1);
      one.dialler().send(1_000_000);
      other.acceptor().send(1_000_000);
      rig.runMillis(10_000);
      for (int got : new int[] {one.acceptor().bytes.size(), other.dialler().bytes.size()}) {
        assertTrue(got > 97_000 && got <= 102_000, "" + got);
      }
      assertTrue(struck.bites >= 2);
    }
  }

  @Test
  void whatItTakesOfASegmentIsDelayedLikeTheRest() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      rig.strike(new SlowReader(10_000), 1);
      rig.strike(new Delay(Duration.ofSeconds(2), Duration.ZERO, Scope.BOTH), 1);
      line.dialler().send(100_000);
      rig.runMillis(1_990);
      assertEquals(0, line.acceptor().bytes.size());
      rig.runMillis(1_000);
      assertTrue(line.acceptor().bytes.size() > 9_000, line.acceptor().bytes.size() + " bytes");
    }
  }

  @Test
  void theSendersWindowCloses() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      rig.strike(new SlowReader(1_000), 1);
      line.dialler().send(400_000);
      rig.runMillis(60_000);
      assertFalse(line.dialler().channel.isWritable());
      assertTrue(line.acceptor().bytes.size() > 50_000);
    }
  }

  @Test
  void whatTheVictimsSendIsNotSlow() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      FaultRig.Struck struck = rig.strike(new SlowReader(1), 1);
      line.acceptor().send(100_000);
      rig.runMillis(10);
      assertEquals(100_000, line.dialler().bytes.size());
      assertEquals(0, struck.bites);
    }
  }

  @Test
  void whatWaitedArrivesWholeWhenItEnds() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      FaultRig.Struck struck = rig.strike(new SlowReader(100), 1);
      byte[] sent = FaultRig.bytes(500_000);
      line.dialler().send(sent);
      rig.runMillis(10_000);
      struck.end();
      int bites = struck.bites;
      rig.runMillis(1_000);
      assertArrayEquals(sent, line.acceptor().got());
      assertEquals(bites, struck.bites);
    }
  }

  @Test
  void aFastEnoughOneIsNotNoticed() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      FaultRig.Struck struck = rig.strike(new SlowReader(SlowReader.MOST_BYTES), 1);
      line.dialler().send(200_000);
      rig.runMillis(10);
      assertEquals(200_000, line.acceptor().bytes.size());
      assertEquals(0, struck.bites);
    }
  }

  @Test
  void figuresOutOfBoundsAreNamed() {
    assertEquals(
        "slow-reader: bytesPerSecond is 0, expected 1 to 1000000000",
        assertThrows(IllegalArgumentException.class, () -> new SlowReader(0)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> new SlowReader(1_000_000_001));
  }
}
