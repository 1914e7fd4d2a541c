package bdk.p2p.simulator.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several faults on one victim: each bites as often as it does something. */
class OverlapTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void whatIsHeldForLongIsCorruptedOnceWhenItGoes() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      FaultRig.Struck corrupt = rig.strike(new Corrupt(1, 1, Scope.BOTH), 1);
      FaultRig.Struck stall = rig.strike(new Stall(0), 1);
      byte[] sent = FaultRig.bytes(100);
      line.dialler().send(sent);
      rig.runMillis(10_000);
      assertEquals(0, corrupt.bites);
      stall.end();
      rig.runMillis(100);
      assertEquals(1, corrupt.bites);
      assertEquals(1, FaultRig.differentBits(sent, line.acceptor().got()));
    }
  }

  @Test
  void eachBiteIsASegmentThatASlowReaderGetsAltered() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      FaultRig.Struck corrupt = rig.strike(new Corrupt(1, 1, Scope.BOTH), 1);
      FaultRig.Struck slow = rig.strike(new SlowReader(10_000), 1);
      byte[] sent = FaultRig.bytes(100_000);
      line.dialler().send(sent);
      rig.runMillis(20_000);
      assertTrue(slow.bites > 0);
      assertTrue(corrupt.bites >= 100_000 / 16_384 && corrupt.bites < 20, "" + corrupt.bites);
      assertEquals(corrupt.bites, FaultRig.differentBits(sent, line.acceptor().got()));
    }
  }

  @Test
  void whatIsHeldForLongIsTruncatedOnceWhenItGoes() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      FaultRig.Struck truncate = rig.strike(new Truncate(1, Scope.BOTH), 1);
      FaultRig.Struck stall = rig.strike(new Stall(0), 1);
      byte[] sent = FaultRig.bytes(1_000);
      line.dialler().send(sent);
      rig.runMillis(10_000);
      assertEquals(0, truncate.bites);
      stall.end();
      rig.runMillis(100);
      assertEquals(1, truncate.bites);
      byte[] got = line.acceptor().got();
      assertTrue(got.length > 0 && got.length < sent.length, "" + got.length);
      assertArrayEquals(Arrays.copyOf(sent, got.length), got);
    }
  }

  @Test
  void whatIsHeldForLongIsDelayedOnceAndBehindThat() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      FaultRig.Struck delay = rig.strike(new Delay(SECOND, Duration.ZERO, Scope.TO_VICTIMS), 1);
      FaultRig.Struck stall = rig.strike(new Stall(0), 1);
      line.dialler().send(100);
      rig.runMillis(10_000);
      assertEquals(0, delay.bites);
      stall.end();
      rig.runMillis(50 + 1_000 + 9);
      assertEquals(0, line.acceptor().bytes.size());
      rig.runMillis(51);
      assertEquals(100, line.acceptor().bytes.size());
      assertEquals(1, delay.bites);
    }
  }

  @Test
  void whatASlowReaderHoldsIsNotSureToBeLost() {
    try (FaultRig rig = new FaultRig(11)) {
      List<FaultRig.Line> lines =
          IntStream.rangeClosed(1, 10).mapToObj(sender -> rig.line(sender, 0)).toList();
      FaultRig.Struck slow = rig.strike(new SlowReader(5_000), 0);
      FaultRig.Struck loss = rig.strike(new Loss(0.1, Optional.empty(), Scope.TO_VICTIMS), 0);
      byte[] sent = FaultRig.bytes(200_000); // less than a window
      lines.forEach(line -> line.dialler().send(sent));
      rig.runMillis(120_000);
      assertTrue(slow.bites > 0);
      lines.forEach(line -> assertArrayEquals(sent, line.acceptor().got()));
      // At least 130 segments, of which a tenth is lost; each is asked about 65 times.
      assertTrue(loss.bites > 3 && loss.bites < 40, "" + loss.bites);
    }
  }

  @Test
  void whatWasHeldBeforeALossBeganIsLostLikeAllElse() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      FaultRig.Struck stall = rig.strike(new Stall(0), 1);
      line.dialler().send(100);
      rig.runMillis(1_000);
      FaultRig.Struck loss = rig.strike(new Loss(1, Optional.empty(), Scope.BOTH), 1);
      rig.runMillis(100);
      stall.end();
      rig.runMillis(10_000);
      assertEquals(0, line.acceptor().bytes.size());
      assertTrue(loss.bites > 0);
    }
  }
}
