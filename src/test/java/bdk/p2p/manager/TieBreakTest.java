package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.Answer;
import bdk.p2p.message.Command;
import bdk.p2p.message.Direction;
import bdk.p2p.message.MessageType;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.RequestOutcome;
import bdk.p2p.message.SendResult;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which of two crossing sessions is kept, and what becomes of what the other one carried. */
@ExtendWith(NoLeaks.class)
@Timeout(60)
class TieBreakTest {
  private static final NodeId HIGHEST = NodeId.parse("127.0.0.1:65535");
  private static final NodeId LOWEST = NodeId.parse("127.0.0.1:1");
  private static final Command NOTE = Command.of(5000);
  private static final int NOTE_BYTES = 64 * 1024;
  private static final Duration STAYS_FULL = Duration.ofMillis(300);
  private static final int MANY = 32;

  private final Recorder recorder = new Recorder();

  private static final Duration PROBE = Duration.ofMillis(2000);

  private Manager node(NodeId announced) {
    return Pair.builder(recorder).announce(announced).start();
  }

  /** A node that has its dial for the better one, and decides fast. */
  private Manager lowNode() {
    return Pair.builder(recorder)
        .announce(LOWEST)
        .options(Siege.options().probeTimeout(PROBE).build())
        .start();
  }

  /** A second session of the same peer, dialled by it. */
  private static RawPeer dialBack(Manager node, RawListener listener) {
    RawPeer dialled = RawPeer.connect(node.listening().orElseThrow());
    dialled.greet(0, listener.id().port());
    dialled.readHandshake();
    return dialled;
  }

  @Test
  void higherIdGivesItsOutboundSessionUpOnceTheOtherHasAnsweredAPing() {
    try (RawListener listener = new RawListener();
        Manager node = node(HIGHEST)) {
      CompletionStage<Peer> dial = node.connect(listener.id());
      try (RawPeer outbound = listener.accept(0)) {
        Peer peer = Await.value(dial);
        CompletionStage<Answer> request = node.request(peer, Siege.ECHO, Bytes.number(1));
        outbound.next(MessageType.REQUEST, Siege.ECHO);
        try (RawPeer inbound = dialBack(node, listener)) {
          inbound.stayingAlive();
          RequestException failure =
              assertInstanceOf(RequestException.class, Await.failure(request));
          assertEquals(RequestOutcome.PEER_GONE, failure.outcome());
          assertEquals(Direction.INBOUND, peer.direction());
          assertTrue(peer.isConnected());
          outbound.awaitClosed();
          assertEquals(List.of("+" + listener.id()), recorder.coming);
        }
      }
    }
  }

  @Test
  void disconnectHoldsThoughTheSessionIsExchangedMeanwhile() {
    ManagerOptions patient = Siege.options().stopTimeout(Duration.ofSeconds(8)).build();
    try (RawListener listener = new RawListener();
        Manager node = Pair.builder(recorder).announce(HIGHEST).options(patient).start()) {
      CompletionStage<Peer> dial = node.connect(listener.id());
      try (RawPeer outbound = listener.accept(0)) {
        Peer peer = Await.value(dial);
        SendResult sent = SendResult.QUEUED;
        while (sent == SendResult.QUEUED) {
          sent = node.notify(peer, NOTE, Bytes.zeros(NOTE_BYTES));
        }
        CompletionStage<Void> parting = node.disconnect(peer);
        try (RawPeer inbound = dialBack(node, listener)) {
          // What could not be written goes with the session that is kept.
          inbound.next(MessageType.NOTIFICATION, NOTE);
          inbound.stayingAlive();
          Await.value(parting);
          assertEquals(Direction.INBOUND, peer.direction());
          assertFalse(peer.isConnected());
          assertEquals(List.of("+" + listener.id(), "-" + listener.id()), recorder.coming);
          outbound.awaitClosed();
        }
      }
    }
  }

  @Test
  void lowerIdKeepsItsOutboundSession() {
    try (RawListener listener = new RawListener();
        Manager node = node(LOWEST)) {
      CompletionStage<Peer> dial = node.connect(listener.id());
      try (RawPeer outbound = listener.accept(0)) {
        Peer peer = Await.value(dial);
        outbound.stayingAlive();
        try (RawPeer inbound = dialBack(node, listener)) {
          inbound.awaitClosed();
          assertEquals(Direction.OUTBOUND, peer.direction());
          assertTrue(peer.isConnected());
          assertEquals(List.of("+" + listener.id()), recorder.coming);
        }
      }
    }
  }

  @Test
  void peerThatDialsOnceMoreIsBelievedNotToKnowTheSessionThatWasKept() {
    try (RawListener listener = new RawListener();
        Manager node = lowNode()) {
      CompletionStage<Peer> dial = node.connect(listener.id());
      try (RawPeer outbound = listener.accept(0)) {
        Peer peer = Await.value(dial);
        outbound.stayingAlive();
        try (RawPeer first = dialBack(node, listener)) {
          first.awaitClosed();
        }
        assertEquals(Direction.OUTBOUND, peer.direction());
        try (RawPeer second = dialBack(node, listener)) {
          second.stayingAlive();
          Await.until("the peer's dial", () -> peer.direction() == Direction.INBOUND);
          outbound.awaitClosed();
          assertTrue(Await.holdsFor(PROBE.multipliedBy(3), peer::isConnected));
          assertEquals(List.of("+" + listener.id()), recorder.coming);
        }
      }
    }
  }

  @Test
  void secondDialThatDoesNotAnswerDoesNotWin() {
    try (RawListener listener = new RawListener();
        Manager node = lowNode()) {
      CompletionStage<Peer> dial = node.connect(listener.id());
      try (RawPeer outbound = listener.accept(0)) {
        Peer peer = Await.value(dial);
        outbound.stayingAlive();
        try (RawPeer first = dialBack(node, listener)) {
          first.awaitClosed();
        }
        try (RawPeer second = dialBack(node, listener)) {
          second.answersPings(false).awaitClosed();
          assertEquals(Direction.OUTBOUND, peer.direction());
          assertTrue(peer.isConnected());
        }
      }
    }
  }

  @Test
  void peerThatStartedAnewAfterItsDialHadLostHasComeBack() {
    try (RawListener listener = new RawListener();
        Manager node = lowNode()) {
      CompletionStage<Peer> dial = node.connect(listener.id());
      try (RawPeer outbound = listener.accept(0)) {
        Await.value(dial);
        RawPeer first = dialBack(node, listener);
        // The ping of a new session and the one of the contest; after these nothing is read.
        answerPing(outbound);
        answerPing(outbound);
        first.awaitClosed();
        first.close();
        try (RawPeer second = dialBack(node, listener)) {
          second.stayingAlive();
          String id = listener.id().toString();
          Await.until("its return", () -> recorder.coming.size() == 3);
          assertEquals(List.of("+" + id, "-" + id, "+" + id), recorder.coming);
        }
      }
    }
  }

  @Test
  void challengerThatEndsBeforeTheContestIsDecidedIsNoPeerAfterwards() {
    try (RawListener listener = new RawListener();
        Manager node = lowNode()) {
      CompletionStage<Peer> dial = node.connect(listener.id());
      RawPeer outbound = listener.accept(0);
      Await.value(dial);
      answerPing(outbound);
      dialBack(node, listener).close();
      recorder.awaitRefused();
      // Only now: the contest is decided for a session whose rival is gone.
      answerPing(outbound);
      outbound.close();
      String id = listener.id().toString();
      Await.until("its going", () -> recorder.coming.size() == 2);
      assertEquals(List.of("+" + id, "-" + id), recorder.coming);
      assertEquals(List.of(), node.peers());
    }
  }

  @Test
  void peerCannotHaveItselfDialledByDiallingTwice() {
    try (RawListener listener = new RawListener();
        Manager node = lowNode()) {
      RawPeer first = dialBack(node, listener);
      RawPeer second = dialBack(node, listener);
      recorder.awaitConnected(listener.id());
      second.close();
      first.close();
      recorder.awaitDisconnected(listener.id());
      assertTrue(listener.isLeftAloneFor(PROBE.multipliedBy(2)));
    }
  }

  private static void answerPing(RawPeer peer) {
    RawPeer.Frame ping = peer.next(MessageType.REQUEST, Command.PING);
    peer.send(RawPeer.frame(RawPeer.ANSWER, ping.id(), Command.PING.code()));
  }

  @Test
  void sessionThatDoesNotAnswerDoesNotWin() {
    try (RawListener listener = new RawListener();
        Manager node = node(HIGHEST)) {
      CompletionStage<Peer> dial = node.connect(listener.id());
      try (RawPeer outbound = listener.accept(0)) {
        Peer peer = Await.value(dial);
        outbound.stayingAlive();
        try (RawPeer inbound = dialBack(node, listener)) {
          inbound.answersPings(false).awaitClosed();
          assertEquals(Direction.OUTBOUND, peer.direction());
          assertTrue(peer.isConnected());
        }
      }
    }
  }

  @Test
  void unsentMessagesMoveToTheSurvivor() {
    try (RawListener listener = new RawListener();
        Manager node = node(HIGHEST)) {
      CompletionStage<Peer> dial = node.connect(listener.id());
      try (RawPeer outbound = listener.accept(0)) {
        int queued = fill(node, Await.value(dial));
        Set<Integer> arrived = new ConcurrentSkipListSet<>();
        try (RawPeer inbound = dialBack(node, listener)) {
          // Nobody has read from the first session: what its socket did not take comes here.
          while (arrived.size() < 10) {
            arrived.add(number(inbound.next(MessageType.NOTIFICATION, NOTE)));
          }
          inbound.stayingAlive(frame -> note(frame, arrived));
          outbound.stayingAlive(frame -> note(frame, arrived));
          Await.until("all " + queued + " messages", () -> arrived.size() == queued);
        }
      }
    }
  }

  private static ByteBuffer note(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(0, number);
  }

  @Test
  void survivorSendsOnceThePeerHasHeardTheLoserOut() {
    try (RawListener listener = new RawListener();
        Manager node = node(HIGHEST)) {
      CompletionStage<Peer> dial = node.connect(listener.id());
      try (RawPeer outbound = listener.accept(0)) {
        Peer peer = Await.value(dial);
        assertEquals(SendResult.QUEUED, node.notify(peer, NOTE, note(1)));
        Set<Integer> arrived = new ConcurrentSkipListSet<>();
        try (RawPeer inbound = dialBack(node, listener)) {
          inbound.stayingAlive(frame -> note(frame, arrived));
          Await.until("the survivor", () -> peer.direction() == Direction.INBOUND);
          assertEquals(SendResult.QUEUED, node.notify(peer, NOTE, note(2)));
          assertTrue(Await.holdsFor(STAYS_FULL, arrived::isEmpty));
          assertEquals(1, number(outbound.next(MessageType.NOTIFICATION, NOTE)));
          outbound.stayingAlive();
          Await.until("the second", () -> arrived.contains(2));
        }
      }
    }
  }

  @Test
  void survivorDoesNotWaitForLoserThatThePeerMustHaveEnded() {
    try (RawListener listener = new RawListener();
        Manager node =
            Pair.builder(recorder)
                .announce(HIGHEST)
                .options(Siege.options().probeTimeout(PROBE).build())
                .start()) {
      CompletionStage<Peer> dial = node.connect(listener.id());
      try (RawPeer outbound = listener.accept(0)) {
        Peer peer = Await.value(dial);
        Set<Integer> arrived = new ConcurrentSkipListSet<>();
        try (RawPeer inbound = dialBack(node, listener)) {
          inbound.stayingAlive(frame -> note(frame, arrived));
          Await.until("the survivor", () -> peer.direction() == Direction.INBOUND);
          assertEquals(SendResult.QUEUED, node.notify(peer, NOTE, note(2)));
          Await.until("the second", () -> arrived.contains(2));
          outbound.awaitClosed();
        }
      }
    }
  }

  private static void note(RawPeer.Frame frame, Set<Integer> arrived) {
    if (frame.is(MessageType.NOTIFICATION, NOTE)) {
      arrived.add(number(frame));
    }
  }

  private static int number(RawPeer.Frame frame) {
    return ByteBuffer.wrap(frame.payload()).getInt();
  }

  /** Sends until the queue is full and stays so; the number of messages that were taken. */
  private static int fill(Manager node, Peer peer) {
    int number = 0;
    ByteBuffer payload = ByteBuffer.allocate(NOTE_BYTES);
    boolean full = false;
    while (!full) {
      if (node.notify(peer, NOTE, payload.putInt(0, number)) == SendResult.QUEUED) {
        number++;
      } else {
        full = Await.holdsFor(STAYS_FULL, () -> peer.statistics().queuedMessages() >= MANY);
      }
    }
    return number;
  }
}
