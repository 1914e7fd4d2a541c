package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.Broadcast;
import bdk.p2p.message.Command;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.MessageId;
import bdk.p2p.message.MessageType;
import bdk.p2p.message.Verdict;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Broadcasts are judged once and go on to every NORMAL peer but the sender. */
@ExtendWith(NoLeaks.class)
class BroadcastTest {
  private static final Command TX = Command.BROADCAST_TRANSACTION;

  /** Ends a series of broadcasts: whatever was to come has come before it. */
  private static final byte[] LAST = {127};

  private final BlockingQueue<Broadcast> judged = new LinkedBlockingQueue<>();

  private Siege siege(Verdict verdict) {
    return new Siege(
        Siege.options().build(),
        builder ->
            builder.onBroadcast(
                command -> true,
                (peer, broadcast) -> {
                  judged.add(broadcast);
                  return broadcast.payloadBytes() == 1 ? Verdict.RELAY : verdict;
                }));
  }

  private static byte[] frame(Command command, byte... payload) {
    long id = MessageId.hashOf(ByteBuffer.wrap(payload)).value();
    return RawPeer.frame(RawPeer.BROADCAST, id, command.code(), payload);
  }

  private static RawPeer.Frame nextBroadcast(RawPeer peer) {
    return peer.next(frame -> frame.type() == MessageType.BROADCAST.code());
  }

  @Test
  void broadcastIsRelayedOnceToAllButTheSender() {
    try (Siege siege = siege(Verdict.RELAY);
        RawPeer sender = siege.intruder();
        RawPeer other = siege.intruder();
        RawPeer another = siege.intruder()) {
      byte[] frame = frame(TX, (byte) 1, (byte) 2, (byte) 3);
      sender.send(frame);
      sender.send(frame);
      sender.send(frame(TX, LAST));
      for (RawPeer peer : Set.of(other, another)) {
        assertArrayEquals(new byte[] {1, 2, 3}, nextBroadcast(peer).payload());
        assertArrayEquals(LAST, nextBroadcast(peer).payload());
      }
      siege.recorder.awaitDropped(DropReason.ALREADY_SEEN);
      assertEquals(2, judged.size());
      other.send(frame(Command.BROADCAST_BLOCK, (byte) 3));
      assertArrayEquals(new byte[] {3}, nextBroadcast(sender).payload());
      ManagerStatistics statistics = siege.node.statistics();
      assertEquals(3, statistics.broadcastsIn());
      assertEquals(1, statistics.duplicatesIn());
      assertEquals(3, statistics.seenBroadcasts());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"KEEP", "REJECT"})
  void broadcastThatIsNotGoodIsNotPassedOnButRemembered(Verdict verdict) {
    try (Siege siege = siege(verdict);
        RawPeer sender = siege.intruder();
        RawPeer other = siege.intruder()) {
      byte[] bad = frame(TX, (byte) 1, (byte) 2);
      sender.send(bad);
      sender.send(bad);
      sender.send(frame(TX, LAST));
      assertArrayEquals(LAST, nextBroadcast(other).payload());
      assertEquals(2, judged.size());
      assertEquals(verdict == Verdict.REJECT ? 1 : 0, siege.node.statistics().rejectedIn());
    }
  }

  @Test
  void samePayloadUnderAnotherCommandIsAnotherBroadcast() {
    try (Siege siege = siege(Verdict.RELAY);
        RawPeer sender = siege.intruder();
        RawPeer other = siege.intruder()) {
      sender.send(frame(TX, (byte) 1, (byte) 2));
      sender.send(frame(Command.BROADCAST_BLOCK, (byte) 1, (byte) 2));
      assertEquals(TX.code(), nextBroadcast(other).command());
      assertEquals(Command.BROADCAST_BLOCK.code(), nextBroadcast(other).command());
    }
  }

  @Test
  void differentPayloadsOfOneWireIdAreBothDelivered() {
    byte[][] colliding = Collision.payloads();
    assertNotEquals(ByteBuffer.wrap(colliding[0]), ByteBuffer.wrap(colliding[1]));
    assertEquals(
        MessageId.hashOf(ByteBuffer.wrap(colliding[0])),
        MessageId.hashOf(ByteBuffer.wrap(colliding[1])));
    try (Siege siege = siege(Verdict.RELAY);
        RawPeer sender = siege.intruder();
        RawPeer other = siege.intruder()) {
      sender.send(frame(TX, colliding[0]));
      sender.send(frame(TX, colliding[1]));
      assertArrayEquals(colliding[0], nextBroadcast(other).payload());
      assertArrayEquals(colliding[1], nextBroadcast(other).payload());
      assertEquals(2, judged.size());
    }
  }

  @Test
  void ownBroadcastGoesToEveryPeerAndIsNotJudgedWhenItComesBack() {
    try (Siege siege = siege(Verdict.RELAY);
        RawPeer peer = siege.intruder()) {
      BroadcastResult result = siege.node.broadcast(TX, Bytes.of(4, 5));
      assertEquals(Set.of(siege.honestId(), peer.id()), result.peers().keySet());
      assertEquals(2, result.queued());
      RawPeer.Frame frame = nextBroadcast(peer);
      assertEquals(result.id().value(), frame.id());
      peer.send(frame(TX, frame.payload()));
      siege.recorder.awaitDropped(DropReason.ALREADY_SEEN);
      assertTrue(judged.isEmpty());
    }
  }

  @Test
  void verdictThatComesAfterTheDeadlineIsCarriedOut() {
    CompletableFuture<Verdict> verdict = new CompletableFuture<>();
    CommandOptions hasty = CommandOptions.defaults().withDeadline(Duration.ofMillis(100));
    try (Siege siege =
            new Siege(
                Siege.options().build(),
                builder ->
                    builder.command(TX, hasty).onBroadcastAsync(TX, (peer, one) -> verdict));
        RawPeer sender = siege.intruder();
        RawPeer other = siege.intruder()) {
      sender.send(frame(TX, (byte) 1, (byte) 2));
      siege.recorder.awaitDropped(DropReason.HANDLER_LATE);
      verdict.complete(Verdict.RELAY);
      assertArrayEquals(new byte[] {1, 2}, nextBroadcast(other).payload());
    }
  }

  @Test
  void verdictThatIsNullFailsLikeAHandler() {
    try (Siege siege =
            new Siege(
                Siege.options().build(),
                builder -> builder.onBroadcast(TX, (peer, broadcast) -> null));
        RawPeer sender = siege.intruder()) {
      sender.send(frame(TX, (byte) 1, (byte) 2));
      siege.recorder.awaitDropped(DropReason.HANDLER_FAILED);
      Throwable cause = Await.next("failed", siege.recorder.failed).cause();
      assertEquals("the handler of BroadcastTx returned null", String.valueOf(cause.getMessage()));
    }
  }
}
