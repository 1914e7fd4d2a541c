package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.Command;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.Message;
import bdk.p2p.message.SendResult;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** All that is told of a peer comes in order and with one handle. */
@ExtendWith(NoLeaks.class)
class EventOrderTest {
  private static final Command NOTE = Command.of(5000);
  private static final Command ASK = Command.of(5001);

  /** What the listener heard of one peer. */
  private record Event(String what, Peer peer) {}

  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final BlockingQueue<CompletableFuture<ByteBuffer>> open = new LinkedBlockingQueue<>();

  private class Listener implements NodeListener {
    @Override
    public void connected(Peer peer) {
      events.add(new Event("connected", peer));
    }

    @Override
    public void disconnected(Peer peer, CloseReason reason) {
      events.add(new Event("disconnected", peer));
    }

    @Override
    public void dropped(Peer peer, Message message, DropReason reason) {
      events.add(new Event(reason.toString(), peer));
    }

    @Override
    public void handlerFailed(Peer peer, Message message, Throwable cause) {
      events.add(new Event("failed", peer));
    }
  }

  private Manager node(NodeListener listener, UnaryOperator<ManagerBuilder> more) {
    return more.apply(
            Manager.builder()
                .listen("127.0.0.1", 0)
                .options(Siege.options().stopTimeout(Duration.ofSeconds(1)).build())
                .listener(listener)
                .onRequestAsync(
                    ASK,
                    (peer, request) -> {
                      CompletableFuture<ByteBuffer> answer = new CompletableFuture<>();
                      open.add(answer);
                      return answer;
                    }))
        .start();
  }

  private Peer awaitPeer(Manager node) {
    Await.until("the peer", () -> !events.isEmpty() && !node.peers().isEmpty());
    return node.peers().get(0);
  }

  private void await(String what) {
    Await.until(what, () -> what().contains(what));
  }

  private List<String> what() {
    return events.stream().map(Event::what).toList();
  }

  private void assertOneHandle(Peer peer) {
    events.forEach(event -> assertSame(peer, event.peer(), event.what()));
  }

  private static void fill(Manager node, Peer peer) {
    SendResult sent = SendResult.QUEUED;
    while (sent == SendResult.QUEUED) {
      sent = node.notify(peer, NOTE, Bytes.zeros(500_000));
    }
    assertEquals(SendResult.QUEUE_FULL, sent);
  }

  private void assertDropsComeBeforeTheEnd(Peer peer) {
    assertEquals("connected", what().get(0));
    assertTrue(what().contains("SESSION_CLOSED"), what().toString());
    assertEquals("disconnected", what().get(what().size() - 1));
    assertEquals(1, what().stream().filter("disconnected"::equals).count());
    assertOneHandle(peer);
  }

  @Test
  void whatIsNotSentIsToldBeforeThePeerIsGone() {
    try (Manager node = node(new Listener(), builder -> builder);
        RawPeer deaf = RawPeer.connect(node.listening().orElseThrow(), 4096)) {
      deaf.greet(0, deaf.localPort());
      Peer peer = awaitPeer(node);
      fill(node, peer);
      Await.value(node.disconnect(peer));
      assertDropsComeBeforeTheEnd(peer);
    }
    // Not even later.
    assertEquals("disconnected", what().get(what().size() - 1));
  }

  @Test
  void whatIsNotSentToAPeerThatGoesIsToldBeforeItIsGone() {
    try (Manager node = node(new Listener(), builder -> builder);
        RawPeer deaf = RawPeer.connect(node.listening().orElseThrow(), 4096)) {
      deaf.greet(0, deaf.localPort());
      Peer peer = awaitPeer(node);
      fill(node, peer);
      deaf.reset();
      await("disconnected");
      assertDropsComeBeforeTheEnd(peer);
    }
    assertEquals("disconnected", what().get(what().size() - 1));
  }

  @Test
  void answersThatDoNotLeaveAreToldOfBeforeAPeerThatHasComeAnewIsGone() {
    ManagerOptions fast = Siege.options().probeTimeout(Duration.ofMillis(200)).build();
    try (Manager node =
            node(
                new Listener(),
                builder ->
                    builder
                        .options(fast)
                        .onRequest(NOTE, (peer, request) -> Bytes.zeros(500_000)));
        RawPeer deaf = RawPeer.connect(node.listening().orElseThrow(), 4096);
        RawPeer anew = RawPeer.connect(node.listening().orElseThrow())) {
      deaf.greet(0, deaf.localPort());
      deaf.readHandshake();
      Peer peer = awaitPeer(node);
      for (int number = 0; number < 20; number++) {
        deaf.send(RawPeer.frame(RawPeer.REQUEST, number, NOTE.code()));
      }
      Await.until("answers", () -> peer.statistics().queuedMessages() > 2);
      anew.greet(0, deaf.localPort());
      anew.stayingAlive();
      Await.until("its return", () -> what().lastIndexOf("connected") > 0);
      deaf.awaitClosed();
    }
    int end = what().indexOf("disconnected");
    assertEquals(
        List.of("disconnected", "connected", "disconnected"), what().subList(end, events.size()));
    assertTrue(what().subList(0, end).contains("SESSION_CLOSED"), what().toString());
    Peer before = events.get(0).peer();
    events.subList(0, end + 1).forEach(event -> assertSame(before, event.peer()));
    assertNotSame(before, events.get(end + 1).peer());
  }

  @Test
  void handlerThatFailsAfterThePeerIsGoneIsToldOfWithItsHandle() {
    AtomicReference<CompletableFuture<Void>> parting = new AtomicReference<>();
    AtomicReference<Manager> manager = new AtomicReference<>();
    NodeListener parted =
        new Listener() {
          @Override
          public void handlerFailed(Peer peer, Message message, Throwable cause) {
            super.handlerFailed(peer, message, cause);
            parting.set(manager.get().disconnect(peer).toCompletableFuture());
          }
        };
    try (Manager node = node(parted, builder -> builder);
        RawPeer raw = RawPeer.join(node.listening().orElseThrow())) {
      manager.set(node);
      Peer peer = awaitPeer(node);
      raw.send(RawPeer.frame(RawPeer.REQUEST, 1, ASK.code()));
      CompletableFuture<ByteBuffer> answer = Await.next("the request", open);
      raw.reset();
      await("disconnected");
      answer.completeExceptionally(new IllegalStateException("later"));
      await("HANDLER_FAILED");
      Await.value(parting.get());
      assertEquals(List.of("connected", "disconnected", "failed", "HANDLER_FAILED"), what());
      assertOneHandle(peer);
      assertFalse(peer.isConnected());
    }
  }

  @Test
  void handlerThatIsLateAfterThePeerIsGoneIsToldOfWithItsHandle() {
    CommandOptions hasty = CommandOptions.defaults().withDeadline(Duration.ofMillis(1200));
    try (Manager node = node(new Listener(), builder -> builder.command(ASK, hasty));
        RawPeer raw = RawPeer.join(node.listening().orElseThrow())) {
      Peer peer = awaitPeer(node);
      raw.send(RawPeer.frame(RawPeer.REQUEST, 1, ASK.code()));
      Await.next("the request", open);
      raw.reset();
      await("HANDLER_LATE");
      await("disconnected");
      assertOneHandle(peer);
    }
  }
}
