package bdk.p2p.simulator.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
  void whatItTakesOfASegmentIsCorruptedLikeTheRest() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      rig.strike(new SlowReader(10_000), 1);
      FaultRig.Struck corrupt = rig.strike(new Corrupt(1, 1, Scope.BOTH), 1);
      byte[] sent = FaultRig.bytes(100_000);
      line.dialler().send(sent);
      rig.runMillis(5_020);
      byte[] got = line.acceptor().got();
      int others = 0;
      for (int index = 0; index < got.length; index++) {
        others += got[index] == sent[index] ? 0 : 1;
      }
      // Fifty milliseconds bring five hundred bytes, and each such piece has a bit flipped.
      assertTrue(got.length > 45_000 && others > 80, got.length + " bytes, " + others);
      assertEquals(corrupt.bites, others);
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
