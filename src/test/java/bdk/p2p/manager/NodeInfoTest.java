package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.ChainHead;
import bdk.p2p.message.Command;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.MessageType;
import bdk.p2p.message.NodeEntry;
import bdk.p2p.message.NodeInfo;
import bdk.p2p.message.NodeType;
import bdk.p2p.wire.NodeInfoCodec;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What nodes tell each other of themselves, unasked and asked. */
@ExtendWith(NoLeaks.class)
class NodeInfoTest {
  private static ChainHead head(long height) {
    byte[] hash = new byte[ChainHead.HASH_BYTES];
    hash[0] = (byte) height;
    return new ChainHead(3, height, ByteBuffer.wrap(hash));
  }

  private static NodeInfo nextInfo(RawPeer peer) {
    RawPeer.Frame frame = peer.next(MessageType.NOTIFICATION, Command.NOTIFY_INFO);
    return NodeInfoCodec.decode(ByteBuffer.wrap(frame.payload()), 1000);
  }

  @Test
  void infoIsNotifiedAtTheIntervalWithTheChainHeadAndThePeers() {
    ManagerOptions options = Siege.options().infoInterval(Duration.ofMillis(300)).build();
    try (Siege siege = new Siege(options, builder -> builder.chainHead(() -> head(7)));
        RawPeer raw = siege.intruder()) {
      nextInfo(raw);
      nextInfo(raw);
      long start = System.nanoTime();
      nextInfo(raw);
      nextInfo(raw);
      NodeInfo info = nextInfo(raw);
      long millis = (System.nanoTime() - start) / 1_000_000;
      // Nine hundred; less if the last one before came late.
      assertTrue(millis >= 450 && millis < 9000, millis + " ms for three notifications");
      assertEquals(head(7), info.head());
      assertEquals(List.of(new NodeEntry(NodeType.NORMAL, siege.honestId())), info.peers());
    }
  }

  @Test
  void changeIsNotifiedWithoutWaitingForTheInterval() {
    AtomicLong height = new AtomicLong(1);
    ManagerOptions options = Siege.options().infoInterval(Duration.ofHours(1)).build();
    try (Siege siege = new Siege(options, builder -> builder.chainHead(() -> head(height.get())));
        RawPeer raw = siege.intruder()) {
      assertEquals(head(1), nextInfo(raw).head());
      height.set(2);
      siege.node.chainHeadChanged();
      NodeInfo info = nextInfo(raw);
      while (!info.head().equals(head(2))) {
        info = nextInfo(raw);
      }
      RawPeer.join(siege.id).reset();
      nextInfo(raw);
    }
  }

  @Test
  void infoOfAPeerIsKeptReadable() {
    try (Siege siege = new Siege();
        RawPeer raw = siege.intruder()) {
      Peer peer = siege.node.peer(raw.id()).orElseThrow();
      assertTrue(peer.info().isEmpty());
      for (long height = 1; height <= 200; height++) {
        NodeInfo info = new NodeInfo(head(height), 5, List.of());
        raw.send(RawPeer.frame(RawPeer.NOTIFICATION, height, 8, NodeInfoCodec.encode(info)));
      }
      Await.until("the last", () -> height(peer) == 200);
      assertEquals(new NodeInfo(head(200), 5, List.of()), peer.info().orElseThrow());
      Await.until("the places", () -> peer.statistics().heldMessages() == 0);
    }
  }

  private static long height(Peer peer) {
    return peer.info().map(info -> info.head().height()).orElse(-1L);
  }

  @Test
  void infoIsExchangedOnRequest() {
    try (Pair pair =
        new Pair(
            builder -> builder.chainHead(() -> head(1)),
            builder -> builder.chainHead(() -> head(2)))) {
      assertEquals(head(2), Await.value(pair.near.requestInfo(pair.farPeer)).head());
      assertEquals(head(2), pair.farPeer.info().orElseThrow().head());
      assertEquals(head(1), pair.nearPeer.info().orElseThrow().head());
    }
  }

  @Test
  void nodesAreListedTheAskerIncluded() {
    try (Pair pair = new Pair(builder -> builder)) {
      assertEquals(
          List.of(new NodeEntry(NodeType.NORMAL, pair.nearId)),
          Await.value(pair.near.requestNodes(pair.farPeer)));
    }
  }

  @Test
  void nodeThatDoesNotListenIsNotListed() {
    try (Pair pair = new Pair(builder -> builder);
        Manager hidden = Manager.builder().options(Siege.options().build()).start()) {
      Peer far = Await.value(hidden.connect(pair.farId));
      Await.until("three", () -> pair.far.peers().size() == 2);
      assertEquals(
          List.of(new NodeEntry(NodeType.NORMAL, pair.nearId)),
          Await.value(hidden.requestNodes(far)));
    }
  }

  @Test
  void chainHeadThatFailsOrIsNullFailsTheStageOfItsCaller() {
    IllegalStateException broken = new IllegalStateException("no chain");
    AtomicBoolean isNull = new AtomicBoolean();
    try (Pair pair = new Pair(builder -> builder.chainHead(head(broken, isNull)), same -> same)) {
      assertSame(broken, Await.failure(pair.near.requestInfo(pair.farPeer)));
      isNull.set(true);
      Throwable failure = Await.failure(pair.near.requestInfo(pair.farPeer));
      assertEquals(NullPointerException.class, failure.getClass());
      assertThrows(IllegalArgumentException.class, () -> pair.near.requestInfo(pair.nearPeer));
    }
  }

  private static Supplier<ChainHead> head(RuntimeException broken, AtomicBoolean isNull) {
    return () -> {
      if (!isNull.get()) {
        throw broken;
      }
      return null;
    };
  }

  @Test
  void discoveryNodeServesNothingButPingsAndNodes() {
    Recorder recorder = new Recorder();
    try (Manager discovery = Pair.builder(recorder).type(NodeType.DISCOVERY).start();
        RawPeer raw = RawPeer.join(discovery.listening().orElseThrow())) {
      raw.send(RawPeer.frame(RawPeer.REQUEST, 1, 3));
      raw.send(RawPeer.frame(RawPeer.NOTIFICATION, 2, 4096));
      raw.send(RawPeer.frame(RawPeer.REQUEST, 4, 2));
      assertEquals(4, raw.next(frame -> frame.type() == RawPeer.ANSWER).id());
      raw.send(RawPeer.frame(RawPeer.REQUEST, 5, 0));
      assertEquals(5, raw.next(frame -> frame.type() == RawPeer.ANSWER).id());
      recorder.awaitDropped(DropReason.NOT_SERVED);
    }
  }
}
