package bdk.p2p.simulator.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResetTest {
  @Test
  void allOfTheVictimsAreCutInTheInstant() {
    try (FaultRig rig = new FaultRig(3)) {
      FaultRig.Line dialled = rig.line(1, 0);
      FaultRig.Line accepted = rig.line(2, 1);
      FaultRig.Line others = rig.line(0, 2);
      FaultRig.Struck struck = rig.strike(new Reset(0, false), 1);
      struck.end();
      for (FaultRig.Line line : List.of(dialled, accepted)) {
        assertFalse(line.dialler().channel.isOpen());
        assertFalse(line.acceptor().channel.isOpen());
        assertEquals(List.of("Connection reset by peer"), line.dialler().failures);
        assertEquals(List.of("Connection reset by peer"), line.acceptor().failures);
      }
      assertTrue(others.isOpen());
      assertEquals(2, struck.bites);
      assertTrue(rig.line(2, 1).isOpen());
    }
  }

  @Test
  void onlyThoseBetweenVictimsAreCutIfThatIsSaid() {
    try (FaultRig rig = new FaultRig(3)) {
      FaultRig.Line between = rig.line(1, 0);
      FaultRig.Line across = rig.line(2, 1);
      FaultRig.Struck struck = rig.strike(new Reset(0, true), 0, 1);
      assertFalse(between.dialler().channel.isOpen());
      assertTrue(across.isOpen());
      assertEquals(1, struck.bites);
    }
  }

  @Test
  void whatIsUnderWayOnACutConnectionNeverArrives() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      line.dialler().send(100_000);
      rig.runMillis(5);
      rig.strike(new Reset(0, false), 1);
      rig.runMillis(1_000);
      assertEquals(0, line.acceptor().bytes.size());
      assertEquals(1, line.acceptor().failures.size());
    }
  }

  @Test
  void atARateAboutSoManyAreCutWhileItIsOn() {
    try (FaultRig rig = new FaultRig(2)) {
      List<FaultRig.Line> lines = new ArrayList<>();
      for (int n = 0; n < 100; n++) {
        lines.add(rig.line(0, 1));
      }
      FaultRig.Struck struck = rig.strike(new Reset(5, false), 1);
      chatter(rig, lines, 10);
      assertTrue(struck.bites > 30 && struck.bites < 70, "" + struck.bites);
      assertEquals(100 - struck.bites, lines.stream().filter(FaultRig.Line::isOpen).count());
      struck.end();
      chatter(rig, lines, 10);
      assertEquals(100 - struck.bites, lines.stream().filter(FaultRig.Line::isOpen).count());
    }
  }

  @Test
  void atARateOthersAreSpared() {
    try (FaultRig rig = new FaultRig(3)) {
      FaultRig.Line line = rig.line(0, 2);
      FaultRig.Struck struck = rig.strike(new Reset(1_000, true), 0, 1);
      chatter(rig, List.of(line), 10);
      assertTrue(line.isOpen());
      assertEquals(0, struck.bites);
    }
  }

  /** Each of them sends something every 100 ms, both ways. */
  private static void chatter(FaultRig rig, List<FaultRig.Line> lines, int seconds) {
    for (int n = 0; n < seconds * 10; n++) {
      for (FaultRig.Line line : lines) {
        if (line.isOpen()) {
          line.dialler().send(1);
          line.acceptor().send(1);
        }
      }
      rig.runMillis(100);
    }
  }

  @Test
  void figuresOutOfBoundsAreNamed() {
    assertEquals(
        "reset: perSecond is 1001.0, expected 0.0 to 1000.0",
        assertThrows(IllegalArgumentException.class, () -> new Reset(1_001, false)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Reset(-1, false));
  }

  @Test
  void aRateOfNextToNothingCutsNothing() {
    try (FaultRig rig = new FaultRig(2)) {
      List<FaultRig.Line> lines = List.of(rig.line(0, 1));
      FaultRig.Struck struck = rig.strike(new Reset(Double.MIN_VALUE, false), 1);
      chatter(rig, lines, 10);
      assertEquals(0, struck.bites);
      assertTrue(lines.get(0).isOpen());
    }
  }
}
