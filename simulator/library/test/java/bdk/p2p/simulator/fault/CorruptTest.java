package bdk.p2p.simulator.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CorruptTest {
  @Test
  void asManyBitsOfEachSegmentAreFlippedAndNoneBeforeAndAfter() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      byte[] sent = FaultRig.bytes(100_000);
      line.dialler().send(sent);
      rig.runMillis(100);
      assertArrayEquals(sent, line.acceptor().got());
      line.acceptor().bytes.reset();
      FaultRig.Struck struck = rig.strike(new Corrupt(1, 3, Scope.BOTH), 0);
      line.dialler().send(sent);
      rig.runMillis(100);
      assertTrue(struck.bites > 5);
      assertEquals(3 * struck.bites, FaultRig.differentBits(sent, line.acceptor().got()));
      line.acceptor().bytes.reset();
      struck.end();
      line.dialler().send(sent);
      rig.runMillis(100);
      assertArrayEquals(sent, line.acceptor().got());
    }
  }

  @Test
  void theSendersOwnBytesStayAsTheyWere() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      rig.strike(new Corrupt(1, 1, Scope.BOTH), 0);
      byte[] mine = FaultRig.bytes(100);
      line.dialler().send(mine);
      rig.runMillis(100);
      assertArrayEquals(FaultRig.bytes(100), mine);
    }
  }

  @Test
  void aRateStrikesAboutThatPart() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      FaultRig.Struck struck = rig.strike(new Corrupt(0.2, 1, Scope.TO_VICTIMS), 1);
      for (int n = 0; n < 1_000; n++) {
        line.dialler().send(new byte[] {0});
        line.acceptor().send(new byte[] {0});
      }
      rig.runMillis(1_000);
      assertEquals(struck.bites, FaultRig.differentBits(new byte[1_000], line.acceptor().got()));
      assertArrayEquals(new byte[1_000], line.dialler().got());
      assertTrue(struck.bites > 140 && struck.bites < 260, "" + struck.bites);
    }
  }

  @Test
  void allBitsAreFlippedIfThereAreNotAsMany() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      rig.strike(new Corrupt(1, Corrupt.MOST_BITS, Scope.BOTH), 0);
      line.dialler().send(new byte[] {0x55});
      rig.runMillis(100);
      assertArrayEquals(new byte[] {(byte) 0xaa}, line.acceptor().got());
    }
  }

  @Test
  void figuresOutOfBoundsAreNamed() {
    assertEquals(
        "corrupt: bits is 0, expected 1 to 1000",
        assertThrows(IllegalArgumentException.class, () -> new Corrupt(1, 0, Scope.BOTH))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Corrupt(0, 1, Scope.BOTH));
    assertThrows(IllegalArgumentException.class, () -> new Corrupt(1.1, 1, Scope.BOTH));
  }
}
