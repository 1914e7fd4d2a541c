package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.Command;
import bdk.p2p.message.MessageType;
import bdk.p2p.message.Misbehaviour;
import bdk.p2p.message.SendResult;
import bdk.p2p.message.Verdict;
import bdk.p2p.wire.NodeInfoCodec;
import bdk.p2p.wire.NodeListCodec;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a node does not take itself it does not send: its peers have the same bounds. */
@ExtendWith(NoLeaks.class)
class PayloadBoundsTest {
  private static final Command SMALL = Command.of(5000);
  private static final Command PLAIN = Command.of(5001);
  private static final int COMMON_BOUND = 16 << 20;
  private static final int MIB = 1 << 20;

  private static ManagerBuilder bounded(ManagerBuilder builder) {
    return builder.command(SMALL, CommandOptions.defaults().withMaxPayloadBytes(100));
  }

  @Test
  void payloadAboveTheBoundOfItsCommandIsRefusedAtOnceAndOneAtTheBoundIsNot() {
    try (Pair pair =
        new Pair(
            PayloadBoundsTest::bounded,
            builder -> bounded(builder).onRequest(SMALL, (peer, request) -> request.payload()))) {
      ByteBuffer tooLong = Bytes.zeros(101);
      assertRefused("REQUEST", 101, 100, () -> pair.near.request(pair.farPeer, SMALL, tooLong));
      assertRefused("NOTIFICATION", 101, 100, () -> pair.near.notify(pair.farPeer, SMALL, tooLong));
      assertRefused("NOTIFICATION", 101, 100, () -> pair.near.notifyAll(SMALL, tooLong));
      assertRefused("BROADCAST", 101, 100, () -> pair.near.broadcast(SMALL, tooLong));
      ByteBuffer longest = Bytes.zeros(100);
      assertEquals(SendResult.QUEUED, pair.near.notify(pair.farPeer, SMALL, longest));
      assertEquals(1, pair.near.notifyAll(SMALL, longest).queued());
      assertEquals(1, pair.near.broadcast(SMALL, longest).queued());
      assertEquals(
          100, Await.value(pair.near.request(pair.farPeer, SMALL, longest)).payloadBytes());
      assertEquals(SendResult.QUEUED, pair.near.notify(pair.farPeer, PLAIN, tooLong));
      assertTrue(pair.farPeer.isConnected());
      assertEquals(0, pair.far.statistics().misbehaved().get(Misbehaviour.VIOLATION));
    }
  }

  private static void assertRefused(String type, int bytes, int bound, Runnable call) {
    var failure = assertThrows(IllegalArgumentException.class, call::run);
    assertEquals(
        "%s Command 5000: payload of %d bytes is above the limit of %d bytes"
            .formatted(type, bytes, bound),
        failure.getMessage());
  }

  @Test
  void commandWithoutABoundOfItsOwnHasTheCommonOne() {
    try (Manager node = Pair.builder(new Recorder()).start()) {
      assertRefused(
          "BROADCAST",
          COMMON_BOUND + 1,
          COMMON_BOUND,
          () -> node.broadcast(SMALL, ByteBuffer.allocate(COMMON_BOUND + 1)));
      assertTrue(node.broadcast(SMALL, ByteBuffer.allocate(COMMON_BOUND)).peers().isEmpty());
      assertEquals(1, node.statistics().seenBroadcasts());
    }
  }

  @Test
  void answerAboveTheBoundIsAFailureOfItsHandlerAndOneAtTheBoundIsNot() {
    try (Siege siege =
            new Siege(
                Siege.options().build(),
                builder ->
                    bounded(builder)
                        .onRequest(
                            SMALL, (peer, request) -> Bytes.zeros(request.payload().get())));
        RawPeer raw = siege.intruder()) {
      raw.send(RawPeer.frame(RawPeer.REQUEST, 1, 5000, new byte[] {101}));
      assertEquals(
          "ANSWER Command 5000: payload of 101 bytes is above the limit of 100 bytes",
          Await.next("the failure", siege.recorder.failed).cause().getMessage());
      raw.send(RawPeer.frame(RawPeer.REQUEST, 2, 5000, new byte[] {100}));
      assertEquals(2, raw.next(MessageType.ANSWER, SMALL).id());
    }
  }

  @Test
  void messageAsLargeAsTheNodeAllowsReachesAPeerThatReadsAndNobodyIsToBlame() {
    int bytes = 60 * MIB;
    ManagerOptions options =
        Siege.options()
            .maxPayloadBytes(bytes)
            .totalArrivingBytes(bytes)
            .totalInboxBytes(bytes)
            .totalOutboundBytes(bytes)
            .requestTimeout(Duration.ofSeconds(60))
            .build();
    BlockingQueue<Integer> arrived = new LinkedBlockingQueue<>();
    try (Pair pair =
        new Pair(
            builder -> builder.options(options),
            builder ->
                builder
                    .options(options)
                    .onRequest(PLAIN, (peer, request) -> ByteBuffer.allocate(bytes))
                    .onBroadcast(
                        PLAIN,
                        (peer, broadcast) -> {
                          arrived.add(broadcast.payloadBytes());
                          return Verdict.KEEP;
                        }))) {
      assertEquals(1, pair.near.broadcast(PLAIN, ByteBuffer.allocate(bytes)).queued());
      assertEquals(bytes, Await.next("the broadcast", arrived));
      assertEquals(
          bytes,
          Await.value(pair.near.request(pair.farPeer, PLAIN, Bytes.zeros(0))).payloadBytes());
      assertTrue(pair.farPeer.isConnected());
      assertEquals(0, pair.near.statistics().misbehaved().get(Misbehaviour.OVER_BUDGET));
      assertEquals(0, pair.far.statistics().misbehaved().get(Misbehaviour.OVER_BUDGET));
    }
  }

  @Test
  void boundAboveWhatAllMessagesTogetherMayTakeIsRefused() {
    for (String total : List.of("totalArrivingBytes", "totalInboxBytes", "totalOutboundBytes")) {
      assertEquals(
          total + " is 25165824, below the minimum of " + 60 * MIB,
          refusal(() -> all(60 * MIB, total, 24 * MIB).maxPayloadBytes(60 * MIB).build()));
      ManagerOptions options = all(60 * MIB, total, 24 * MIB).build();
      CommandOptions large = CommandOptions.defaults().withMaxPayloadBytes(60 * MIB);
      assertEquals(
          "maxPayloadBytes of Command 5000 is %d, above %s of 25165824".formatted(60 * MIB, total),
          refusal(() -> Manager.builder().options(options).command(SMALL, large).start()));
    }
  }

  @Test
  void totalsAreBoundedSoThatTheyCanBeReckonedWith() {
    long most = 1L << 39;
    for (String total : List.of("totalArrivingBytes", "totalInboxBytes", "totalOutboundBytes")) {
      assertEquals(
          total + " is " + (most + 1) + ", above the limit of " + most,
          refusal(() -> all(most, total, most + 1).build()));
    }
    all(most, "none", 0).build();
  }

  /** All totals are of this size, but for one. */
  private static ManagerOptions.Builder all(long bytes, String but, long other) {
    return Siege.options()
        .totalArrivingBytes(but.equals("totalArrivingBytes") ? other : bytes)
        .totalInboxBytes(but.equals("totalInboxBytes") ? other : bytes)
        .totalOutboundBytes(but.equals("totalOutboundBytes") ? other : bytes);
  }

  private static String refusal(Runnable call) {
    return assertThrows(IllegalArgumentException.class, call::run).getMessage();
  }

  @Test
  void nodeInfoNamesAThousandPeersAtMost() {
    assertEquals(1_000, new CommandTable(Siege.options().build(), Map.of()).nodesInInfo());
  }

  @Test
  void nodeTellsNoMoreOfItsPeersThanItsBoundAllows() {
    // Two entries of IPv6 addresses behind a NodeInfo, and four without one.
    int bound = 56 + 2 * 20;
    try (Manager node =
        Pair.builder(new Recorder())
            .options(
                Siege.options().maxPayloadBytes(bound).infoInterval(Duration.ofMillis(50)).build())
            .start()) {
      List<RawPeer> peers = new ArrayList<>();
      for (int count = 0; count < 6; count++) {
        RawPeer peer = RawPeer.connect(node.listening().orElseThrow());
        peer.greet(0, 7000 + count);
        peer.readHandshake();
        peers.add(peer);
      }
      Await.until("six peers", () -> node.peers().size() == 6);
      RawPeer asker = peers.get(0);
      asker.send(RawPeer.frame(RawPeer.REQUEST, 1, Command.REQUEST_NODES.code()));
      byte[] list = asker.next(MessageType.ANSWER, Command.REQUEST_NODES).payload();
      assertEquals(4, NodeListCodec.decode(ByteBuffer.wrap(list), 10).size());
      asker.send(RawPeer.frame(RawPeer.REQUEST, 2, Command.INFO.code(), new byte[56]));
      byte[] info = asker.next(MessageType.ANSWER, Command.INFO).payload();
      assertEquals(2, NodeInfoCodec.decode(ByteBuffer.wrap(info), 10).peers().size());
      peers.forEach(RawPeer::close);
    }
  }
}
