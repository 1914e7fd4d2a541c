package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.Command;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageType;
import bdk.p2p.message.Notification;
import bdk.p2p.message.SendResult;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large notifications are encoded when they are handed in: nobody sees a difference. */
@ExtendWith(NoLeaks.class)
class LargeNotificationTest {
  private static final Command NOTE = Command.of(5000);

  private final BlockingQueue<Notification> arrived = new LinkedBlockingQueue<>();

  private static byte[] noise(int bytes) {
    byte[] payload = new byte[bytes];
    new Random(bytes).nextBytes(payload);
    return payload;
  }

  /**
   * Below and above what leaves before bulk, what is encoded at once, and one buffer of a frame.
   */
  @ParameterizedTest
  @ValueSource(ints = {16_365, 16_366, 65_536, 262_125, 262_126, 1 << 20, 3_000_000})
  void arrivesAsItWasWhenItWasHandedIn(int bytes) {
    try (Pair pair =
        new Pair(
            builder ->
                builder.onNotification(NOTE, (peer, notification) -> arrived.add(notification)))) {
      byte[] payload = noise(bytes);
      ByteBuffer handed = ByteBuffer.wrap(payload.clone());
      assertEquals(SendResult.QUEUED, pair.near.notify(pair.farPeer, NOTE, handed));
      Arrays.fill(handed.array(), (byte) 0);
      assertEquals(bytes, handed.remaining());
      Notification first = Await.next("the first", arrived);
      handed.put(payload).flip();
      BroadcastResult result = pair.near.notifyAll(NOTE, handed);
      Arrays.fill(handed.array(), (byte) 0);
      assertEquals(1, result.queued());
      Notification second = Await.next("the second", arrived);
      assertEquals(ByteBuffer.wrap(payload), first.payload());
      assertEquals(ByteBuffer.wrap(payload), second.payload());
      assertEquals(NOTE, first.command());
      assertEquals(result.id(), second.id());
    }
  }

  @Test
  void isToldWithItsPayloadIfItIsNotSent() {
    Recorder recorder = new Recorder();
    byte[] payload = noise(500_000);
    try (Manager node = Pair.builder(recorder).start();
        RawPeer deaf = RawPeer.connect(node.listening().orElseThrow(), 4096)) {
      deaf.greet(0, deaf.localPort());
      Peer peer = recorder.awaitConnected();
      SendResult sent = SendResult.QUEUED;
      while (sent == SendResult.QUEUED) {
        sent = node.notify(peer, NOTE, ByteBuffer.wrap(payload));
      }
      assertEquals(SendResult.QUEUE_FULL, sent);
      long waits = peer.statistics().queuedMessages();
      assertTrue(waits > 1, waits + " messages wait");
      Await.value(node.disconnect(peer));
      Message lost =
          Await.next("lost", recorder.dropped, one -> one.message().command().equals(NOTE))
              .message();
      assertEquals(MessageType.NOTIFICATION, lost.type());
      assertEquals(ByteBuffer.wrap(payload), lost.payload());
      Await.until("given back", () -> node.statistics().queuedBytes() == 0);
    }
  }
}
