package bdk.p2p.simulator.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LossTest {
  @Test
  void aLostSegmentStallsItsStreamUntilItIsRepeated() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      FaultRig.Struck struck = rig.strike(new Loss(1, Optional.empty(), Scope.BOTH), 1);
      line.dialler().send(10);
      rig.runMillis(100);
      struck.end();
      line.dialler().send(10); // waits behind the first
      rig.runMillis(100 + 9);
      assertEquals(0, line.acceptor().bytes.size());
      rig.runMillis(1);
      assertEquals(20, line.acceptor().bytes.size());
      assertTrue(struck.bites > 0);
    }
  }

  @Test
  void aRateLosesThatPartAndTheStreamStaysWhole() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      FaultRig.Struck struck = rig.strike(new Loss(0.2, Optional.empty(), Scope.TO_VICTIMS), 1);
      byte[] sent = FaultRig.bytes(1_000_000);
      line.dialler().send(sent);
      rig.runMillis(600_000);
      assertArrayEquals(sent, line.acceptor().got());
      // At least 62 segments, of which a fifth is lost and repeated.
      assertTrue(struck.bites > 10 && struck.bites < 100, "" + struck.bites);
      assertTrue(line.isOpen());
    }
  }

  @Test
  void onlyItsOwnWayLoses() {
    try (FaultRig rig = new FaultRig(3)) {
      FaultRig.Line line = rig.line(0, 1);
      FaultRig.Line others = rig.line(0, 2);
      FaultRig.Struck struck = rig.strike(new Loss(1, Optional.empty(), Scope.FROM_VICTIMS), 1);
      line.dialler().send(10);
      others.dialler().send(10);
      rig.runMillis(10);
      assertEquals(10, line.acceptor().bytes.size());
      assertEquals(10, others.acceptor().bytes.size());
      line.acceptor().send(10);
      rig.runMillis(1_000);
      assertEquals(0, line.dialler().bytes.size());
      struck.end();
      rig.runMillis(1_000);
      assertEquals(10, line.dialler().bytes.size());
    }
  }

  @Test
  void aStallThatLastsTooLongIsCut() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      Loss loss = new Loss(1, Optional.of(Duration.ofSeconds(1)), Scope.BOTH);
      rig.strike(loss, 1);
      line.dialler().send(10);
      // Repeated after 0.2, 0.6 and 1.4 s.
      rig.runMillis(1_399);
      assertTrue(line.isOpen());
      rig.runMillis(1);
      assertFalse(line.dialler().channel.isOpen());
      assertFalse(line.acceptor().channel.isOpen());
      assertEquals(List.of("Connection reset by peer"), line.dialler().failures);
      assertEquals(List.of("Connection reset by peer"), line.acceptor().failures);
    }
  }

  @Test
  void dialsAreRepeatedToo() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Struck struck = rig.strike(new Loss(1, Optional.empty(), Scope.BOTH), 1);
      FaultRig.Dial dial = rig.dial(0, 1);
      rig.runMillis(500);
      struck.end();
      rig.runMillis(500 + 19);
      assertFalse(dial.future().isDone());
      rig.runMillis(1);
      assertTrue(dial.future().isSuccess());
    }
  }

  @Test
  void figuresOutOfBoundsAreNamed() {
    assertEquals(
        "loss: rate is 1.5, expected 1.0E-6 to 1.0",
        assertThrows(
                IllegalArgumentException.class, () -> new Loss(1.5, Optional.empty(), Scope.BOTH))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Loss(0, Optional.empty(), Scope.BOTH));
    assertThrows(
        IllegalArgumentException.class, () -> new Loss(Double.NaN, Optional.empty(), Scope.BOTH));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Loss(0.5, Optional.of(Duration.ZERO), Scope.BOTH));
  }
}
