package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.Command;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.Misbehaviour;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.SendResult;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What all peers together may hold, and who goes when they hold more. */
@ExtendWith(NoLeaks.class)
class BudgetsTest {
  private static final Command TAKEN = Command.of(4097);
  private static final Command LARGE = Command.of(4098);
  private static final int MIB = 1 << 20;

  @Test
  void frameThatDripsInIsEndedInTime() {
    try (Siege siege = new Siege(options -> options.frameTimeout(Duration.ofMillis(300)));
        RawPeer slow = siege.intruder()) {
      slow.send(RawPeer.header(1_000_000, RawPeer.NOTIFICATION, 1, TAKEN.code(), (byte) 1));
      Await.until(
          "the end",
          () -> {
            slow.trySend(new byte[1]);
            return siege.node.peer(slow.id()).isEmpty();
          });
      Recorder.assertReason(
          Code.FRAME_TIMEOUT,
          "a frame was not complete within 300 ms",
          siege.recorder.awaitDisconnected(slow.id()));
    }
  }

  @Test
  void peerThatIsAlwaysAmidAFrameAndFinishesEachInTimeStays() {
    AtomicInteger taken = new AtomicInteger();
    Siege siege =
        new Siege(
            Siege.options().frameTimeout(Duration.ofSeconds(3)).build(),
            builder -> builder.onNotification(TAKEN, (peer, news) -> taken.incrementAndGet()));
    byte[] frame = RawPeer.frame(RawPeer.NOTIFICATION, 1, TAKEN.code(), new byte[12]);
    try (siege;
        RawPeer peer = siege.intruder()) {
      long end = System.nanoTime() + 4_000_000_000L;
      int sent = 0;
      int at = 0;
      while (System.nanoTime() - end < 0) {
        int next = sent;
        byte[] bytes = new byte[frame.length];
        // From the middle of one frame to the middle of the next.
        for (int index = 0; index < bytes.length; index++) {
          bytes[index] = frame[(at + index) % frame.length];
        }
        if (sent == 0) {
          peer.send(Arrays.copyOf(frame, frame.length / 2));
          at = frame.length / 2;
        } else {
          peer.send(bytes);
          Await.until("one more", () -> taken.get() >= next);
        }
        sent++;
      }
      assertTrue(siege.node.peer(peer.id()).isPresent());
    }
  }

  @Test
  void messagesOfASessionThatIsRefusedGiveTheirPlaceBack() {
    try (Siege siege = new Siege(options -> options.probeTimeout(Duration.ofMinutes(1)));
        RawPeer peer = siege.intruder()) {
      RawPeer second = RawPeer.connect(siege.id);
      // The first one answers no ping meanwhile, so nothing is decided.
      second.greet(0, peer.localPort());
      second.readHandshake();
      second.send(RawPeer.frame(RawPeer.NOTIFICATION, 1, TAKEN.code(), new byte[MIB]));
      Await.until("the message", () -> siege.node.statistics().heldBytes() == MIB);
      second.close();
      siege.recorder.awaitRefused();
      Await.until("all given back", () -> siege.node.statistics().heldBytes() == 0);
    }
  }

  @Test
  void whatEndedSessionsHaveBroughtIsNotHandledWhileItIsTooMuch() {
    CountDownLatch gate = new CountDownLatch(1);
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger handled = new AtomicInteger();
    Siege siege =
        new Siege(
            Siege.options().maxPayloadBytes(MIB).totalInboxBytes(MIB).build(),
            builder ->
                builder.onNotification(
                    TAKEN,
                    (peer, news) -> {
                      begun.incrementAndGet();
                      Latches.await(gate);
                      handled.incrementAndGet();
                    }));
    byte[] frame = RawPeer.frame(RawPeer.NOTIFICATION, 1, TAKEN.code(), new byte[MIB / 2]);
    int rounds = 12;
    try (siege) {
      for (int round = 1; round <= rounds; round++) {
        int number = round;
        // No worker is free to tell of it.
        try (RawPeer peer = RawPeer.join(siege.id)) {
          peer.send(frame);
          Await.until(
              "one more", () -> siege.node.statistics().heldBytes() == (long) number * MIB / 2);
          Await.until("the workers", () -> begun.get() == Math.min(number, 2));
        }
      }
      gate.countDown();
      Await.until("all given back", () -> siege.node.statistics().heldBytes() == 0);
    }
    siege.recorder.awaitDropped(DropReason.SESSION_CLOSED);
    // Both workers were at one; two more are no more than the node may hold.
    assertTrue(handled.get() <= 4, handled + " handled");
  }

  @Test
  void oldestUnfinishedFramesGoWhenAllTogetherTakeTooMuch() {
    try (Siege siege =
        new Siege(options -> options.maxPayloadBytes(600_000).totalArrivingBytes(MIB))) {
      byte[] part = RawPeer.header(500_011, RawPeer.NOTIFICATION, 1, 4099, new byte[400_000]);
      List<RawPeer> peers = new ArrayList<>();
      List<NodeId> order = new ArrayList<>();
      for (int count = 0; count < 5; count++) {
        RawPeer peer = siege.intruder();
        peers.add(peer);
        order.add(peer.id());
        long before = siege.node.peer(peer.id()).orElseThrow().statistics().bytesIn();
        peer.send(part);
        Await.until(
            "the part",
            () ->
                siege.node.peer(peer.id()).orElseThrow().statistics().bytesIn()
                    == before + part.length);
      }
      for (int count = 0; count < 3; count++) {
        CloseReason reason = siege.recorder.awaitDisconnected(order.get(count));
        assertEquals(Code.OVER_BUDGET, reason.code(), reason.toString());
      }
      assertTrue(siege.node.peer(order.get(3)).isPresent());
      assertTrue(siege.node.peer(order.get(4)).isPresent());
      Await.until(
          "room",
          () ->
              siege.node.statistics().arrivingBytes() >= 800_000
                  && siege.node.statistics().arrivingBytes() <= MIB);
      siege.assertHonestPeerIsServed();
      peers.forEach(RawPeer::close);
      Await.until("all given back", () -> siege.node.statistics().arrivingBytes() == 0);
    }
  }

  @Test
  void unfinishedFramesStayBelowTwiceTheirBoundAndAFrameOfEachLoopWhileManyPeersFlood()
      throws Exception {
    // So large that a peer's fair share of it is more than one reading of its socket: then no peer
    // takes more than another share at once, which is what makes twice the bound.
    long bound = 12 * MIB;
    byte[] part = RawPeer.header(4 * MIB, RawPeer.NOTIFICATION, 1, 4099, new byte[3 * MIB]);
    try (Siege siege =
        new Siege(
            options -> options.ioThreads(2).maxPayloadBytes(4 * MIB).totalArrivingBytes(bound))) {
      List<RawPeer> peers = new ArrayList<>();
      for (int count = 0; count < 40; count++) {
        peers.add(siege.intruder());
      }
      List<Thread> senders =
          peers.stream().map(peer -> new Thread(() -> peer.trySend(part))).toList();
      senders.forEach(Thread::start);
      long most = 0;
      // What was sent may still wait in the sockets.
      long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      while (peers.stream().anyMatch(peer -> isStillRead(siege, peer, part.length))
          && System.nanoTime() - end < 0) {
        most = Math.max(most, siege.node.statistics().arrivingBytes());
      }
      assertTrue(most >= bound / 8, "nothing was asked of the bound: " + most + " bytes");
      assertTrue(most <= 2 * bound + 2 * 4 * MIB, most + " bytes");
      siege.assertHonestPeerIsServed();
      peers.forEach(RawPeer::close);
      Await.until("all given back", () -> siege.node.statistics().arrivingBytes() == 0);
    }
  }

  /** False once so many bytes of the peer were read, or it had to go. */
  private static boolean isStillRead(Siege siege, RawPeer peer, long bytes) {
    return siege.node.peer(peer.id()).map(one -> one.statistics().bytesIn() < bytes).orElse(false);
  }

  @Test
  void peersThatDoNotTakeLargeAnswersGoBeforeAllTogetherHoldTooMuch() {
    Siege siege =
        new Siege(
            Siege.options()
                .maxPayloadBytes(MIB)
                .totalInboxBytes(2 * MIB)
                .totalOutboundBytes(64 * MIB)
                .writeStallTimeout(Duration.ofSeconds(60))
                .build(),
            builder -> builder.onRequest(LARGE, (peer, request) -> ByteBuffer.allocate(MIB)));
    List<RawPeer> deaf = new ArrayList<>();
    try (siege) {
      for (int count = 0; count < 16; count++) {
        RawPeer peer = RawPeer.connect(siege.id, 4096);
        peer.greet(0, peer.localPort());
        siege.recorder.awaitConnected(peer.id());
        peer.send(RawPeer.frame(RawPeer.REQUEST, count, LARGE.code()));
        deaf.add(peer);
      }
      Await.until(
          "some gone",
          () ->
              siege.node.statistics().disconnected().get(Code.OVER_BUDGET) >= 8
                  && siege.node.statistics().heldBytes() <= 4 * MIB);
      siege.assertHonestPeerIsServed();
      // Points are counted when a peer is told to go, and the peer when it has gone.
      Await.until("each counted twice", () -> goneOverBudget(siege) == blamedForBudget(siege));
      assertTrue(goneOverBudget(siege) <= 14, siege.node.statistics().disconnected().toString());
      deaf.forEach(RawPeer::close);
      Await.until("all given back", () -> siege.node.statistics().heldBytes() == 0);
      Await.until("all given back", () -> siege.node.statistics().queuedBytes() == 0);
    }
  }

  private static long goneOverBudget(Siege siege) {
    return siege.node.statistics().disconnected().get(Code.OVER_BUDGET);
  }

  private static long blamedForBudget(Siege siege) {
    return siege.node.statistics().misbehaved().get(Misbehaviour.OVER_BUDGET);
  }

  @Test
  void queuesTogetherAreBoundedAndWhoeverWaitsForNothingGetsItsShare() {
    try (Siege siege =
            new Siege(
                options ->
                    options.maxPayloadBytes(MIB).totalOutboundBytes(MIB).outboundBytes(16 * MIB));
        RawPeer one = deaf(siege);
        RawPeer two = deaf(siege);
        RawPeer three = deaf(siege)) {
      for (RawPeer raw : List.of(one, two, three)) {
        Peer peer = siege.node.peer(raw.id()).orElseThrow();
        Await.until(
            "a full queue",
            () ->
                siege.node.notify(peer, TAKEN, Bytes.zeros(50_000)) == SendResult.QUEUE_FULL
                    && siege.node.notify(peer, TAKEN, Bytes.zeros(1)) == SendResult.QUEUE_FULL);
      }
      long queued = siege.node.statistics().queuedBytes();
      assertTrue(queued >= MIB && queued <= 2 * MIB, queued + " bytes");
      Peer honest = siege.node.peer(siege.honestId()).orElseThrow();
      assertEquals(SendResult.QUEUED, siege.node.notify(honest, TAKEN, Bytes.zeros(50_000)));
    }
  }

  @Test
  void peerThatGoesForWhatItHasNotAskedForIsNotToBlame() {
    // Two large messages may wait and three may not.
    long bound = MIB + 1000;
    try (Siege siege =
            new Siege(options -> options.maxPayloadBytes(MIB).totalOutboundBytes(bound));
        RawPeer one = deaf(siege);
        RawPeer two = deaf(siege);
        RawPeer three = deaf(siege)) {
      for (RawPeer raw : List.of(one, two, three)) {
        Peer peer = siege.node.peer(raw.id()).orElseThrow();
        assertEquals(SendResult.QUEUED, siege.node.notify(peer, TAKEN, Bytes.zeros(MIB)));
      }
      Await.until("room", () -> siege.node.statistics().queuedBytes() <= 2 * bound);
      // Its answer comes from the event loop that ends the session.
      siege.assertHonestPeerIsServed();
      assertEquals(1, siege.node.statistics().disconnected().get(Code.OVER_BUDGET));
      assertEquals(0, siege.node.statistics().misbehaved().get(Misbehaviour.OVER_BUDGET));
    }
  }

  @Test
  void whatSeveralPeersWaitForCountsOnce() {
    try (Siege siege = new Siege();
        RawPeer one = deaf(siege);
        RawPeer two = deaf(siege)) {
      Peer peer = siege.node.peer(one.id()).orElseThrow();
      int sent = 0;
      Peer other = siege.node.peer(two.id()).orElseThrow();
      while (peer.statistics().queuedMessages() < 4 || other.statistics().queuedMessages() < 4) {
        siege.node.broadcast(TAKEN, numbered(sent++));
      }
      long each = peer.statistics().queuedBytes();
      long all = siege.node.statistics().queuedBytes();
      assertTrue(
          all >= each && all < each + 600_000, all + " bytes, of which one waits for " + each);
    }
  }

  private static ByteBuffer numbered(int number) {
    return ByteBuffer.allocate(500_000).putInt(0, number);
  }

  private static RawPeer deaf(Siege siege) {
    RawPeer peer = RawPeer.connect(siege.id, 4096);
    peer.greet(0, peer.localPort());
    siege.recorder.awaitConnected(peer.id());
    return peer;
  }

  @Test
  void whatIsDroppedInASessionThatIsNeverAdmittedIsGivenBack() {
    int port = 4000;
    byte[] unmatched = RawPeer.frame(RawPeer.ANSWER, 1, LARGE.code(), new byte[10_000]);
    try (Siege siege = new Siege(options -> options.probeTimeout(Duration.ofSeconds(60)));
        RawPeer first = RawPeer.connect(siege.id);
        RawPeer second = RawPeer.connect(siege.id)) {
      first.greet(0, port);
      Peer peer = siege.recorder.awaitConnected(NodeId.parse("127.0.0.1:" + port));
      second.greet(0, port);
      second.readHandshake();
      for (int count = 0; count < 100; count++) {
        second.send(unmatched);
      }
      Await.until("all held", () -> siege.node.statistics().heldBytes() == 1_000_000);
      second.reset();
      Await.until("all given back", () -> siege.node.statistics().heldBytes() == 0);
      assertTrue(peer.isConnected());
    }
  }
}
