package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.Command;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.MessageType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad bytes after a good handshake end that session with a reason, and harm nobody else. */
@ExtendWith(NoLeaks.class)
class HostileFramesTest {
  private final Siege siege = new Siege();

  @AfterEach
  void honestPeerIsServedToTheEnd() {
    siege.close();
  }

  private void assertViolation(byte[] bytes, String detail) {
    try (RawPeer intruder = siege.intruder()) {
      intruder.send(bytes);
      CloseReason reason = siege.recorder.awaitDisconnected(intruder.id());
      Recorder.assertReason(Code.VIOLATION, detail, reason);
      intruder.awaitClosed();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void frameShorterThanItsHeaderEndsTheSession(long length) {
    assertViolation(
        ByteBuffer.allocate(8).putLong(length).array(),
        "frame length " + length + " is below the minimum of 11 bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "134217729, 134217729",
    "9223372036854775807, 9223372036854775807",
    "-1, 18446744073709551615"
  })
  void frameLongerThanTheProtocolAllowsEndsTheSession(long length, String named) {
    assertViolation(
        RawPeer.header(length, RawPeer.NOTIFICATION, 1, 4096),
        "frame length " + named + " is above the maximum of 134217728 bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 255})
  void unknownTypeEndsTheSession(int type) {
    assertViolation(RawPeer.frame(type, 1, 0), "frame type " + type + " is not within 0 to 3");
  }

  @Test
  void pingWithAPayloadEndsTheSession() {
    assertViolation(
        RawPeer.frame(RawPeer.REQUEST, 1, 0, (byte) 7),
        "REQUEST Ping: payload of 1 bytes is above the limit of 0 bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 'REQUEST Ping: payload of 8192 bytes is above the limit of 0 bytes'",
    "0, 2, 'REQUEST RequestNodes: payload of 8192 bytes is above the limit of 0 bytes'",
    "0, 7, 'REQUEST RequestTxs: payload of 8192 bytes is above the limit of 0 bytes'",
    "0, 9, 'REQUEST RequestBlock: payload of 8192 bytes is above the limit of 24 bytes'",
    "1, 0, 'ANSWER Ping: payload of 8192 bytes is above the limit of 0 bytes'"
  })
  void payloadLargerThanItsCommandHasIsNotWaitedFor(int type, int command, String detail) {
    assertViolation(RawPeer.header(11 + 8192, type, 1, command), detail);
  }

  @Test
  void infoOfPeerThatSaidToBeADiscoveryNodeEndsTheSession() {
    try (RawPeer contrary = RawPeer.connect(siege.id)) {
      contrary.greet(1, contrary.localPort());
      contrary.readHandshake();
      contrary.send(RawPeer.frame(RawPeer.NOTIFICATION, 1, 8, new byte[56]));
      Recorder.assertReason(
          Code.VIOLATION,
          "NotifyInfo from a peer that has said to be of type DISCOVERY",
          siege.recorder.awaitDisconnected(contrary.id()));
      contrary.awaitClosed();
    }
  }

  @Test
  void commandOfTheWrongTypeEndsTheSession() {
    assertViolation(
        RawPeer.frame(RawPeer.NOTIFICATION, 1, 2), "RequestNodes cannot be of type NOTIFICATION");
  }

  @Test
  void broadcastWhoseIdIsNotItsHashEndsTheSession() {
    try (Siege judging = withBroadcastHandler();
        RawPeer intruder = judging.intruder()) {
      intruder.send(RawPeer.frame(RawPeer.BROADCAST, 99, 5, (byte) 1, (byte) 2));
      Recorder.assertReason(
          Code.VIOLATION,
          "broadcast id 0000000000000063 is not the hash of the payload, 344658b010769638",
          judging.recorder.awaitDisconnected(intruder.id()));
    }
  }

  private static Siege withBroadcastHandler() {
    return new Siege(
        Siege.options().build(),
        builder ->
            builder.onBroadcast(
                Command.BROADCAST_TRANSACTION,
                (peer, broadcast) -> {
                  throw new AssertionError("a forged broadcast reached the handler");
                }));
  }

  @Test
  void unparsableNodeListEndsTheSession() {
    try (RawPeer intruder = siege.intruder()) {
      Peer peer = siege.node.peer(intruder.id()).orElseThrow();
      CompletionStage<?> asked = siege.node.requestNodes(peer);
      long id = intruder.next(MessageType.REQUEST, Command.REQUEST_NODES).id();
      intruder.send(RawPeer.frame(RawPeer.ANSWER, id, 2, (byte) 0, (byte) 0, (byte) 127));
      Recorder.assertReason(
          Code.VIOLATION,
          "ANSWER RequestNodes: the entry at offset 0 of the node list is cut off: 3 bytes of 8",
          siege.recorder.awaitDisconnected(intruder.id()));
      assertTrue(Await.failure(asked).getMessage().contains("PEER_GONE"));
    }
  }

  @Test
  void secondAnswerToOneRequestIsDropped() {
    try (RawPeer intruder = siege.intruder()) {
      CompletionStage<?> asked = ask(intruder);
      long id = intruder.next(MessageType.REQUEST, Siege.ECHO).id();
      byte[] answer = RawPeer.frame(RawPeer.ANSWER, id, 4096);
      intruder.send(answer);
      intruder.send(answer);
      Await.value(asked);
      Recorder.Dropped dropped = siege.recorder.awaitDropped(DropReason.UNMATCHED_ANSWER);
      assertEquals(id, dropped.message().id().value());
      assertTrue(dropped.peer().isConnected());
    }
  }

  private CompletionStage<?> ask(RawPeer intruder) {
    Peer peer = siege.node.peer(intruder.id()).orElseThrow();
    return siege.node.request(peer, Siege.ECHO, ByteBuffer.allocate(0));
  }

  @Test
  void answerOfAPeerThatWasNotAskedIsDropped() {
    try (RawPeer asked = siege.intruder();
        RawPeer other = siege.intruder()) {
      CompletionStage<?> answer = ask(asked);
      long id = asked.next(MessageType.REQUEST, Siege.ECHO).id();
      other.send(RawPeer.frame(RawPeer.ANSWER, id, 4096, (byte) 66));
      Recorder.Dropped dropped = siege.recorder.awaitDropped(DropReason.UNMATCHED_ANSWER);
      assertEquals(other.id(), dropped.peer().id());
      assertTrue(!answer.toCompletableFuture().isDone());
      asked.send(RawPeer.frame(RawPeer.ANSWER, id, 4096));
      Await.value(answer);
    }
  }

  @Test
  void answerOfAnotherCommandIsDroppedAndTheRequestWaitsOn() {
    try (RawPeer intruder = siege.intruder()) {
      CompletionStage<?> asked = ask(intruder);
      long id = intruder.next(MessageType.REQUEST, Siege.ECHO).id();
      intruder.send(RawPeer.frame(RawPeer.ANSWER, id, 4097));
      siege.recorder.awaitDropped(DropReason.ANSWER_OF_OTHER_COMMAND);
      assertTrue(!asked.toCompletableFuture().isDone());
      intruder.send(RawPeer.frame(RawPeer.ANSWER, id, 4096));
      Await.value(asked);
    }
  }

  @Test
  void twentyPeersThatAnnounceTheLargestFrameCostNoMemory() {
    int largest = 134217717;
    byte[] claim = RawPeer.header(134217728, RawPeer.NOTIFICATION, 1, 4096);
    List<RawPeer> intruders = new ArrayList<>();
    try (Siege open =
        new Siege(
            options ->
                options
                    .totalArrivingBytes(largest)
                    .totalInboxBytes(largest)
                    .totalOutboundBytes(largest)
                    .maxPayloadBytes(largest))) {
      for (int count = 0; count < 20; count++) {
        intruders.add(open.intruder());
      }
      long before = usedBytes();
      for (RawPeer intruder : intruders) {
        Peer peer = open.node.peer(intruder.id()).orElseThrow();
        long seen = peer.statistics().bytesIn();
        intruder.send(claim);
        Await.until("the header", () -> peer.statistics().bytesIn() >= seen + claim.length);
      }
      long grown = usedBytes() - before;
      assertTrue(grown < 32 << 20, grown + " bytes for 20 headers");
      assertEquals(21, open.node.peers().size());
      intruders.forEach(RawPeer::close);
    }
  }

  @Test
  void payloadAboveTheDefaultBoundEndsTheSessionAtItsHeader() {
    try (RawPeer intruder = siege.intruder()) {
      intruder.send(RawPeer.header(11 + (16 << 20) + 1, RawPeer.NOTIFICATION, 1, 4096));
      Recorder.assertReason(
          Code.VIOLATION,
          "NOTIFICATION Command 4096: payload of 16777217 bytes is above the limit of 16777216"
              + " bytes",
          siege.recorder.awaitDisconnected(intruder.id()));
    }
  }

  private static long usedBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  void nodesAnswerOfAHundredThousandAddressesEndsTheSession() {
    try (RawPeer intruder = siege.intruder()) {
      CompletionStage<?> asked =
          siege.node.requestNodes(siege.node.peer(intruder.id()).orElseThrow());
      long id = intruder.next(MessageType.REQUEST, Command.REQUEST_NODES).id();
      intruder.send(RawPeer.header(11 + 20 * 100_000, RawPeer.ANSWER, id, 2));
      Recorder.assertReason(
          Code.VIOLATION,
          "ANSWER RequestNodes: payload of 2000000 bytes is above the limit of 1048576 bytes",
          siege.recorder.awaitDisconnected(intruder.id()));
      Await.failure(asked);
    }
  }

  @Test
  void nodesAnswerOfManyAddressesIsCutAtTheLimit() {
    try (RawPeer intruder = siege.intruder()) {
      Peer peer = siege.node.peer(intruder.id()).orElseThrow();
      var asked = siege.node.requestNodes(peer);
      long id = intruder.next(MessageType.REQUEST, Command.REQUEST_NODES).id();
      ByteBuffer list = ByteBuffer.allocate(8 * 100_000);
      for (int entry = 0; entry < 100_000; entry++) {
        list.putShort((short) 0).putInt(0x0a000000 + entry).putShort((short) 7000);
      }
      intruder.send(RawPeer.frame(RawPeer.ANSWER, id, 2, list.array()));
      assertEquals(ManagerOptions.defaults().addressesPerAnswer(), Await.value(asked).size());
    }
  }
}
