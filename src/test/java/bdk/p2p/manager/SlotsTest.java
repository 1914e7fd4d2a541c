package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.CloseReason.Code;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Places that those who dial a node do not get. */
@ExtendWith(NoLeaks.class)
class SlotsTest {
  @Test
  void inboundPeersLeaveTheOutboundSlots() {
    try (Siege siege = new Siege(options -> options.maxPeers(4).outboundSlots(2));
        RawPeer second = siege.intruder();
        RawPeer third = RawPeer.connect(siege.id);
        RawListener listener = new RawListener()) {
      third.greet(0, third.localPort());
      Recorder.assertReason(
          Code.TOO_MANY_PEERS,
          "there are 2 inbound peers already, the other 2 of 4 places are for peers dialled",
          siege.recorder.awaitRefused());
      assertThrows(UncheckedIOException.class, third::readHandshake);
      siege.node.connect(listener.id());
      RawPeer dialled = listener.accept(0);
      siege.recorder.awaitConnected(listener.id());
      assertTrue(siege.node.peer(second.id()).isPresent());
      dialled.close();
    }
  }

  @Test
  void inboundPeersOfOneNetworkAreBounded() {
    ManagerOptions options =
        Siege.options()
            .guard(GuardOptions.builder().exemptLoopback(false).build())
            .inboundPerNetwork(2)
            .build();
    try (Siege siege = new Siege(options, builder -> builder);
        RawPeer second = RawPeer.joinFrom("127.0.0.2", siege.id);
        RawPeer third = RawPeer.connectFrom("127.0.0.3", siege.id)) {
      third.greet(0, third.localPort());
      Recorder.assertReason(
          Code.TOO_MANY_PEERS,
          "there are 2 inbound peers from 127.0.0.0/24 already",
          siege.recorder.awaitRefused());
      RawPeer elsewhere = RawPeer.joinFrom("127.0.1.1", siege.id);
      siege.recorder.awaitConnected(elsewhere.id());
      elsewhere.close();
      assertTrue(siege.node.peer(second.id()).isPresent());
    }
  }
}
