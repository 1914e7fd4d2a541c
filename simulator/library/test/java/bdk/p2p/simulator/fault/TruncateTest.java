package bdk.p2p.simulator.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TruncateTest {
  @Test
  void theTailIsGoneForEverAndWhatFollowsComesRightBehind() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      FaultRig.Struck struck = rig.strike(new Truncate(1, Scope.BOTH), 0);
      byte[] sent = FaultRig.bytes(1_000);
      line.dialler().send(sent);
      rig.runMillis(100);
      struck.end();
      int left = line.acceptor().bytes.size();
      assertTrue(left > 0 && left < 1_000, "" + left);
      line.dialler().send(sent);
      rig.runMillis(1_000);
      assertArrayEquals(sent, Arrays.copyOfRange(line.acceptor().got(), left, left + 1_000));
      assertEquals(left + 1_000, line.acceptor().bytes.size());
      assertTrue(struck.bites > 0);
    }
  }

  @Test
  void theWindowStaysAsLargeAsItWas() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      FaultRig.Struck struck = rig.strike(new Truncate(1, Scope.BOTH), 0);
      line.dialler().send(3_000_000); // many windows
      rig.runMillis(10_000);
      struck.end();
      int left = line.acceptor().bytes.size();
      line.acceptor().channel.config().setAutoRead(false);
      line.dialler().send(256 * 1024);
      rig.runMillis(1_000);
      assertTrue(line.dialler().channel.isWritable());
      line.acceptor().channel.config().setAutoRead(true);
      rig.runMillis(1_000);
      assertEquals(left + 256 * 1024, line.acceptor().bytes.size());
    }
  }

  @Test
  void oneByteIsSparedAndSoIsTheOtherWay() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      FaultRig.Struck struck = rig.strike(new Truncate(1, Scope.FROM_VICTIMS), 0);
      line.dialler().send(1);
      line.acceptor().send(1_000);
      rig.runMillis(100);
      assertEquals(1, line.acceptor().bytes.size());
      assertEquals(1_000, line.dialler().bytes.size());
      assertEquals(0, struck.bites);
    }
  }

  @Test
  void figuresOutOfBoundsAreNamed() {
    assertEquals(
        "truncate: rate is 0.0, expected 1.0E-6 to 1.0",
        assertThrows(IllegalArgumentException.class, () -> new Truncate(0, Scope.BOTH))
            .getMessage());
  }
}
