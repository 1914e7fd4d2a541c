package bdk.p2p.simulator.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StallTest {
  @Test
  void soManyBytesOfEachDirectionPassAndTheRestWaits() {
    try (FaultRig rig = new FaultRig(3)) {
      FaultRig.Line line = rig.line(0, 1);
      FaultRig.Line others = rig.line(0, 2);
      byte[] sent = FaultRig.bytes(100);
      FaultRig.Struck struck = rig.strike(new Stall(5), 1);
      line.dialler().send(sent);
      line.acceptor().send(sent);
      others.dialler().send(sent);
      rig.runMillis(600_000);
      assertArrayEquals(Arrays.copyOf(sent, 5), line.acceptor().got());
      assertArrayEquals(Arrays.copyOf(sent, 5), line.dialler().got());
      assertArrayEquals(sent, others.acceptor().got());
      assertTrue(line.isOpen());
      assertEquals(2, struck.bites);
      struck.end();
      rig.runMillis(60);
      assertArrayEquals(sent, line.acceptor().got());
      assertArrayEquals(sent, line.dialler().got());
      assertEquals(2, struck.bites);
    }
  }

  @Test
  void bytesThatComeOneAtATimeAreCountedTogether() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      rig.strike(new Stall(5), 1);
      for (int n = 0; n < 10; n++) {
        line.dialler().send(1);
        rig.runMillis(100);
      }
      assertEquals(5, line.acceptor().bytes.size());
    }
  }

  @Test
  void nothingPassesOfNothing() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      FaultRig.Struck struck = rig.strike(new Stall(0), 1);
      line.dialler().send(100);
      rig.runMillis(1_000);
      assertEquals(0, line.acceptor().bytes.size());
      assertEquals(1, struck.bites);
    }
  }

  @Test
  void aStreamThatEndsEndsBehindWhatWaits() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      FaultRig.Struck struck = rig.strike(new Stall(5), 1);
      line.dialler().send(100);
      line.dialler().channel.close();
      rig.runMillis(10_000);
      assertTrue(line.acceptor().channel.isOpen());
      struck.end();
      rig.runMillis(60);
      assertEquals(100, line.acceptor().bytes.size());
      assertFalse(line.acceptor().channel.isOpen());
    }
  }

  @Test
  void connectionsThatAreMadeMeanwhileStallToo() {
    try (FaultRig rig = new FaultRig(2)) {
      rig.strike(new Stall(5), 1);
      FaultRig.Line line = rig.line(0, 1);
      line.acceptor().send(100);
      rig.runMillis(1_000);
      assertEquals(5, line.dialler().bytes.size());
    }
  }

  @Test
  void figuresOutOfBoundsAreNamed() {
    assertEquals(
        "stall: keptBytes is -1, expected 0 to 1000000",
        assertThrows(IllegalArgumentException.class, () -> new Stall(-1)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Stall(1_000_001));
  }
}
