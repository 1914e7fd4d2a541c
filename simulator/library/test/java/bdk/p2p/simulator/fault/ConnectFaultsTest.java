package bdk.p2p.simulator.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectFaultsTest {
  @Test
  void aDialToAVictimIsRefusedAfterARoundTrip() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Struck struck = rig.strike(new ConnectRefused(), 1);
      FaultRig.Dial dial = rig.dial(0, 1);
      rig.runMillis(19);
      assertFalse(dial.future().isDone());
      rig.runMillis(1);
      ConnectException refused = assertInstanceOf(ConnectException.class, dial.future().cause());
      assertTrue(refused.getMessage().startsWith("Connection refused"), refused.getMessage());
      assertEquals(1, struck.bites);
    }
  }

  @Test
  void aDialIntoTheBlackHoleGetsNoAnswerUntilItsTimeIsUp() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Struck struck = rig.strike(new ConnectBlackHole(), 1);
      FaultRig.Dial dial = rig.dial(0, 1, 5_000);
      rig.runMillis(4_999);
      assertFalse(dial.future().isDone());
      rig.runMillis(1);
      assertInstanceOf(ConnectTimeoutException.class, dial.future().cause());
      assertEquals(3, struck.bites); // at once, after 1 s and after 3 s
      struck.end();
      rig.runMillis(60_000);
      assertEquals(3, struck.bites);
    }
  }

  @Test
  void aDialThatOutlastsTheBlackHoleConnects() {
    try (FaultRig rig = new FaultRig(2)) {
      FaultRig.Struck struck = rig.strike(new ConnectBlackHole(), 1);
      FaultRig.Dial dial = rig.dial(0, 1, 5_000);
      rig.runMillis(2_000);
      struck.end();
      rig.runMillis(1_019);
      assertFalse(dial.future().isDone());
      rig.runMillis(1);
      assertTrue(dial.future().isSuccess());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void victimsDialOthersAndWhatIsConnectedStaysSo(boolean refused) {
    try (FaultRig rig = new FaultRig(3)) {
      FaultRig.Line line = rig.line(0, 1);
      FaultRig.Struck struck =
          rig.strike(refused ? new ConnectRefused() : new ConnectBlackHole(), 1);
      assertTrue(rig.line(1, 0).isOpen());
      assertTrue(rig.line(0, 2).isOpen());
      line.dialler().send(1_000);
      rig.runMillis(100);
      assertArrayEquals(FaultRig.bytes(1_000), line.acceptor().got());
      assertEquals(0, struck.bites);
      struck.end();
      assertTrue(rig.line(0, 1).isOpen());
    }
  }
}
