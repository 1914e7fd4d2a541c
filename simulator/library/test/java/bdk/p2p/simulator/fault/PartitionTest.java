package bdk.p2p.simulator.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.simulator.fault.Partition.Direction;
import io.netty.channel.ConnectTimeoutException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PartitionTest {
  /** Host 0 dials the victim, 1. */
  @ParameterizedTest
  @CsvSource({"BOTH, 0, 0", "FROM_VICTIMS, 10, 0", "TO_VICTIMS, 0, 10"})
  void losesWhatGoesItsWayOnly(Direction direction, int atVictim, int atOther) {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      FaultRig.Struck struck = rig.strike(new Partition(direction), 1);
      line.dialler().send(10);
      line.acceptor().send(10);
      rig.runMillis(30_000);
      assertEquals(atVictim, line.acceptor().bytes.size());
      assertEquals(atOther, line.dialler().bytes.size());
      assertTrue(struck.bites > 0);
      assertTrue(line.isOpen());
    }
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void thoseOnOneSideGoOn(Direction direction) {
    try (FaultRig rig = new FaultRig(4)) {
      FaultRig.Line inside = rig.line(0, 1);
      FaultRig.Line outside = rig.line(2, 3);
      FaultRig.Struck struck = rig.strike(new Partition(direction), 0, 1);
      for (FaultRig.Line line : List.of(inside, outside)) {
        line.dialler().send(10);
        line.acceptor().send(10);
        rig.runMillis(10);
        assertEquals(10, line.acceptor().bytes.size());
        assertEquals(10, line.dialler().bytes.size());
      }
      assertEquals(0, struck.bites);
    }
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void whatWasSentMeanwhileArrivesWholeAndInOrderAfterItHeals(Direction direction) {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      byte[] there = FaultRig.bytes(700_001);
      byte[] back = FaultRig.bytes(600_001);
      FaultRig.Struck struck = rig.strike(new Partition(direction), 1);
      line.dialler().send(there);
      line.acceptor().send(back);
      rig.runMillis(10_000);
      struck.end();
      int bites = struck.bites;
      rig.runMillis(20_000);
      assertArrayEquals(there, line.acceptor().got());
      assertArrayEquals(back, line.dialler().got());
      assertEquals(bites, struck.bites);
    }
  }

  @Test
  void whatIsUnderWayWhenItBeginsStillArrives() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      line.dialler().send(10);
      rig.runMillis(5);
      rig.strike(new Partition(Direction.BOTH), 1);
      rig.runMillis(5);
      assertEquals(10, line.acceptor().bytes.size());
    }
  }

  @Test
  void aSenderGivesUpAfterFifteenRepetitions() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      FaultRig.Struck struck = rig.strike(new Partition(Direction.BOTH), 1);
      line.dialler().send(10);
      rig.runMillis(924_599);
      assertTrue(line.dialler().channel.isOpen());
      rig.runMillis(1);
      assertFalse(line.dialler().channel.isOpen());
      assertEquals(List.of("Connection timed out"), line.dialler().failures);
      assertTrue(line.acceptor().channel.isOpen());
      assertEquals(16, struck.bites);
    }
  }

  @Test
  void theOtherEndLearnsOfItWhenItSendsAfterItHas() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      FaultRig.Struck struck = rig.strike(new Partition(Direction.BOTH), 1);
      line.dialler().send(10);
      rig.runMillis(1_000_000);
      struck.end();
      line.acceptor().send(10);
      rig.runMillis(19);
      assertTrue(line.acceptor().channel.isOpen());
      rig.runMillis(1);
      assertFalse(line.acceptor().channel.isOpen());
      assertEquals(List.of("Connection reset by peer"), line.acceptor().failures);
    }
  }

  @Test
  void aDialAcrossTimesOutAndOneThatLastsConnectsAfterItHeals() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Struck struck = rig.strike(new Partition(Direction.BOTH), 1);
      FaultRig.Dial brief = rig.dial(0, 1, 5_000);
      FaultRig.Dial patient = rig.dial(1, 0, 30_000);
      rig.runMillis(6_000);
      assertInstanceOf(ConnectTimeoutException.class, brief.future().cause());
      assertFalse(patient.future().isDone());
      struck.end();
      rig.runMillis(1_020); // the repetition after 7 s
      assertTrue(patient.future().isSuccess());
    }
  }

  /** The victim's question gets out, and no answer gets in. */
  @Test
  void aDialWhoseAnswerIsLostIsAcceptedAndNotConnected() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Struck struck = rig.strike(new Partition(Direction.TO_VICTIMS), 1);
      FaultRig.Dial dial = rig.dial(1, 0, 5_000);
      rig.runMillis(1_000);
      assertEquals(0, rig.backend.openConnections());
      assertFalse(dial.future().isDone());
      struck.end();
      rig.runMillis(1_000);
      assertTrue(dial.future().isSuccess());
    }
  }

  @Test
  void aRefusalThatIsLostIsRepeatedForTheNextQuestion() {
    try (FaultRig rig = new FaultRig(2)) {
      rig.machine(0).kill();
      FaultRig.Struck struck = rig.strike(new Partition(Direction.TO_VICTIMS), 1);
      FaultRig.Dial dial = rig.dial(1, 0, 5_000);
      rig.runMillis(500);
      struck.end();
      assertFalse(dial.future().isDone());
      rig.runMillis(530);
      assertTrue(dial.future().cause().getMessage().startsWith("Connection refused"));
    }
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void aConnectionThatIsClosedMeanwhileEndsForBothAfterItHeals(Direction direction) {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      FaultRig.Struck struck = rig.strike(new Partition(direction), 1);
      line.dialler().send(100);
      line.dialler().channel.close();
      rig.runMillis(3_500);
      struck.end();
      rig.runMillis(5_000);
      assertFalse(line.acceptor().channel.isOpen());
      assertEquals(100, line.acceptor().bytes.size());
      assertEquals(List.of(), line.acceptor().failures);
    }
  }

  @Test
  void aResetThatIsLostIsSentAgainWhenSomethingComes() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Line line = rig.line(0, 1);
      FaultRig.Struck struck = rig.strike(new Partition(Direction.BOTH), 1);
      rig.machine(1).kill();
      rig.runMillis(1_000);
      struck.end();
      rig.runMillis(60_000);
      assertTrue(line.dialler().channel.isOpen()); // nobody has told it
      line.dialler().send(1);
      rig.runMillis(20);
      assertFalse(line.dialler().channel.isOpen());
      assertEquals(List.of("Connection reset by peer"), line.dialler().failures);
    }
  }
}
