package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.Command;
import bdk.p2p.message.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A node stops in time, leaves no thread, and tells of everybody who was there. */
@ExtendWith(NoLeaks.class)
class StopTest {
  private static final Duration STOP = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration SLACK = Duration.ofSeconds(3);
  private static final Command NOTE = Command.of(5000);

  private final Recorder recorder = new Recorder();

  private ManagerBuilder builder() {
    return Manager.builder()
        .listen("127.0.0.1", 0)
        .options(Siege.options().stopTimeout(STOP).build())
        .listener(recorder);
  }

  /** Stops in as long where it has to wait; nothing that must happen meanwhile is in a hurry. */
  private ManagerBuilder patient() {
    return builder().options(Siege.options().stopTimeout(PATIENCE).build());
  }

  private static Duration closing(Manager node) {
    long start = System.nanoTime();
    node.close();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static void assertInTime(Duration taken) {
    assertTrue(taken.compareTo(STOP.plus(SLACK)) < 0, "closed in " + taken);
  }

  private static List<String> threads() {
    Thread[] all = new Thread[Thread.activeCount() + 100];
    int count = Thread.enumerate(all);
    List<String> names = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      if (all[index].getName().startsWith("bdk-p2p")) {
        names.add(all[index].getName());
      }
    }
    return names;
  }

  private static void assertNoThreadIsLeft() {
    Await.until("the end of all threads of nodes: " + threads(), () -> threads().isEmpty());
  }

  @Test
  void idleNodeStopsAtOnceAndASecondCloseDoesNothing() {
    Manager node = patient().start();
    try (RawPeer peer = RawPeer.join(node.listening().orElseThrow())) {
      recorder.awaitConnected(peer.id());
      Duration taken = closing(node);
      assertTrue(taken.compareTo(PATIENCE.dividedBy(2)) < 0, "closed in " + taken);
      assertEquals(CloseReason.of(Code.MANAGER_CLOSED), recorder.awaitDisconnected(peer.id()));
      peer.awaitClosed();
    }
    assertNoThreadIsLeft();
    assertTrue(closing(node).compareTo(PATIENCE.dividedBy(2)) < 0);
  }

  @Test
  void nodeStopsInTimeWhileTwentyPeersSend() {
    Manager node =
        builder()
            .onRequest(Siege.ECHO, (peer, request) -> request.payload())
            .onNotification(NOTE, (peer, note) -> {})
            .start();
    NodeId id = node.listening().orElseThrow();
    AtomicBoolean stop = new AtomicBoolean();
    List<RawPeer> peers = new ArrayList<>();
    List<Thread> senders = new ArrayList<>();
    byte[] note = RawPeer.frame(RawPeer.NOTIFICATION, 1, 5000, new byte[1000]);
    byte[] request = RawPeer.frame(RawPeer.REQUEST, 1, 4096, new byte[1000]);
    for (int count = 0; count < 20; count++) {
      RawPeer peer = RawPeer.join(id);
      recorder.awaitConnected(peer.id());
      peers.add(peer);
      Thread sender =
          new Thread(
              () -> {
                while (!stop.get() && peer.trySend(note) && peer.trySend(request)) {
                  // On and on.
                }
              });
      senders.add(sender);
      sender.start();
    }
    Await.until("traffic", () -> node.statistics().messagesIn() > 10_000);
    Duration taken = closing(node);
    stop.set(true);
    assertInTime(taken);
    Await.until("all are told of", () -> recorder.disconnected.size() == 20);
    peers.forEach(RawPeer::close);
    Await.until("the senders", () -> senders.stream().noneMatch(Thread::isAlive));
    assertNoThreadIsLeft();
  }

  @Test
  void nodeStopsInTimeThoughPeersMisbehave() {
    Manager node = builder().start();
    NodeId id = node.listening().orElseThrow();
    try (RawPeer silent = RawPeer.connect(id);
        RawPeer half = RawPeer.connect(id);
        RawPeer midHeader = RawPeer.join(id);
        RawPeer deaf = RawPeer.connect(id, 4096)) {
      silent.readHandshake();
      half.send("00");
      midHeader.send("0000");
      deaf.greet(0, deaf.localPort());
      Peer peer = recorder.awaitConnected(deaf.id());
      for (int count = 0; count < 100; count++) {
        node.notify(peer, NOTE, Bytes.zeros(40_000));
      }
      assertInTime(closing(node));
      assertEquals(Code.MANAGER_CLOSED, recorder.awaitDisconnected(deaf.id()).code());
      silent.awaitClosed();
    }
    assertNoThreadIsLeft();
  }

  @Test
  void nodeStopsInTimeUnderTheFireOfAHundredPeers() {
    Manager node = builder().onRequest(Siege.ECHO, (peer, request) -> request.payload()).start();
    NodeId id = node.listening().orElseThrow();
    byte[] flood = RawPeer.frame(RawPeer.REQUEST, 1, 4096, new byte[8192]);
    byte[] claim = RawPeer.header(1 << 20, RawPeer.NOTIFICATION, 1, 4096, new byte[10_000]);
    List<RawPeer> peers = new ArrayList<>();
    List<Thread> floods = new ArrayList<>();
    for (int index = 0; index < 100; index++) {
      RawPeer peer = RawPeer.connect(id, 4096);
      peers.add(peer);
      switch (index % 5) {
        case 0 -> {
          // Says nothing at all.
        }
        case 1 -> peer.send("00");
        case 2 -> {
          peer.greet(0, peer.localPort());
          peer.send("0000");
        }
        case 3 -> {
          peer.greet(0, peer.localPort());
          peer.send(claim);
        }
        default -> {
          peer.greet(0, peer.localPort());
          Thread thread =
              new Thread(
                  () -> {
                    while (peer.trySend(flood)) {
                      // Asks and never reads.
                    }
                  });
          thread.setDaemon(true);
          thread.start();
          floods.add(thread);
        }
      }
    }
    Await.until("the peers", () -> node.peers().size() == 60);
    Await.until("the fire", () -> node.statistics().heldBytes() > 1 << 20);
    assertInTime(closing(node));
    Await.until("the floods", () -> floods.stream().noneMatch(Thread::isAlive));
    peers.forEach(RawPeer::close);
    assertNoThreadIsLeft();
  }

  @Test
  void handlerThatDoesNotReturnIsInterrupted() {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Manager node =
        builder()
            .onNotification(
                NOTE,
                (peer, note) -> {
                  entered.countDown();
                  try {
                    never.await();
                  } catch (InterruptedException interrupt) {
                    interrupted.countDown();
                  }
                })
            .start();
    try (RawPeer peer = RawPeer.join(node.listening().orElseThrow())) {
      peer.send(RawPeer.frame(RawPeer.NOTIFICATION, 1, 5000));
      Latches.await(entered);
      assertInTime(closing(node));
      Latches.await(interrupted);
      assertEquals(0, interrupted.getCount());
    }
    assertNoThreadIsLeft();
  }

  @Test
  void interruptedThreadClosesTheNodeWithoutWaiting() {
    Manager node = builder().start();
    try (RawPeer peer = RawPeer.join(node.listening().orElseThrow())) {
      recorder.awaitConnected(peer.id());
      Thread.currentThread().interrupt();
      node.close();
      assertTrue(Thread.interrupted());
      peer.awaitClosed();
    }
    assertNoThreadIsLeft();
  }

  @Test
  void queuedMessagesAreWrittenBeforeTheEnd() {
    Manager node = patient().start();
    try (RawPeer peer = RawPeer.join(node.listening().orElseThrow())) {
      Peer handle = recorder.awaitConnected(peer.id());
      for (int count = 0; count < 50; count++) {
        node.notify(handle, NOTE, Bytes.zeros(20_000));
      }
      Thread closing = new Thread(node::close);
      closing.start();
      for (int count = 0; count < 50; count++) {
        peer.next(frame -> frame.command() == 5000);
      }
      peer.awaitClosed();
      Await.until("the close", () -> !closing.isAlive());
    }
  }

  @Test
  void callsAfterTheCloseEndAtOnce() {
    Manager node = builder().start();
    node.close();
    DialException failure =
        (DialException) Await.failure(node.connect(NodeId.parse("127.0.0.1:1")));
    assertEquals(Code.MANAGER_CLOSED, failure.reason().code());
    assertEquals(0, node.broadcast(NOTE, Bytes.of(1)).queued());
    node.chainHeadChanged();
    assertEquals(List.of(), node.peers());
  }

  @Test
  void nodeMayBeClosedByItsOwnTimer() {
    CountDownLatch closed = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    Manager node = builder().start();
    try (RawPeer peer = RawPeer.join(node.listening().orElseThrow())) {
      recorder.awaitConnected(peer.id());
      node.scheduler()
          .execute(
              () -> {
                node.close();
                interrupted.set(Thread.currentThread().isInterrupted());
                closed.countDown();
              });
      Latches.await(closed);
      assertEquals(0, closed.getCount());
      assertFalse(interrupted.get());
    }
    assertNoThreadIsLeft();
  }

  @Test
  void nodeMayBeClosedByItsOwnHandler() {
    CountDownLatch closed = new CountDownLatch(1);
    Manager[] node = new Manager[1];
    node[0] =
        builder()
            .onNotification(
                NOTE,
                (peer, note) -> {
                  node[0].close();
                  closed.countDown();
                })
            .start();
    try (RawPeer peer = RawPeer.join(node[0].listening().orElseThrow())) {
      peer.send(RawPeer.frame(RawPeer.NOTIFICATION, 1, 5000));
      Latches.await(closed);
      assertEquals(0, closed.getCount());
    }
    assertNoThreadIsLeft();
  }
}
