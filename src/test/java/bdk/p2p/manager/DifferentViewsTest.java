package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.Command;
import bdk.p2p.message.Direction;
import bdk.p2p.message.MessageType;
import bdk.p2p.message.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A simultaneous dial of two nodes that do not agree on their ids, and so not on what to keep. */
@ExtendWith(NoLeaks.class)
class DifferentViewsTest {
  private static final Duration PROBE = Duration.ofMillis(1200);

  /** The id by which this side knows itself decides what it keeps: a low one its own dial. */
  private static Manager node(Recorder recorder, String ownAddress) {
    int port;
    try (RawListener place = new RawListener()) {
      port = place.id().port();
    }
    return Pair.builder(recorder)
        .listen("127.0.0.1", port)
        .announce(NodeId.parse(ownAddress + ":" + port))
        .options(Siege.options().probeTimeout(PROBE).build())
        .onRequest(Siege.ECHO, (peer, request) -> request.payload())
        .start();
  }

  @Test
  void peerThatEndsWhatThisSideKeepsGoesOnWithTheOther() {
    Recorder recorder = new Recorder();
    try (Manager node = node(recorder, "10.0.0.1");
        RawListener listener = new RawListener()) {
      CompletionStage<Peer> dial = node.connect(listener.id());
      try (RawPeer kept = listener.accept(0);
          RawPeer other = RawPeer.connect(node.listening().orElseThrow())) {
        Peer peer = Await.value(dial);
        // The node pings what it keeps before it lets the other one retire.
        kept.next(MessageType.REQUEST, Command.PING);
        kept.answersPings(true).stayingAlive();
        other.greet(0, listener.id().port());
        other.readHandshake();
        other.send(RawPeer.frame(RawPeer.REQUEST, 5, 4096, (byte) 1));
        assertEquals(5, other.next(MessageType.ANSWER, Siege.ECHO).id());
        kept.reset();
        Await.until("the other session", () -> peer.direction() == Direction.INBOUND);
        other.stayingAlive();
        assertTrue(Await.holdsFor(PROBE.multipliedBy(3), () -> !node.peers().isEmpty()));
        assertTrue(peer.isConnected());
        assertEquals(List.of("+" + listener.id()), recorder.coming);
      }
    }
  }

  @Test
  void twoNodesThatKeepDifferentSessionsAgreeInTheEnd() {
    int calm = 0;
    for (int round = 0; round < 3; round++) {
      Recorder oneHears = new Recorder();
      Recorder twoHears = new Recorder();
      try (Manager one = node(oneHears, "10.0.0.1");
          Manager two = node(twoHears, "10.0.0.2")) {
        CompletionStage<Peer> first = one.connect(two.listening().orElseThrow());
        CompletionStage<Peer> second = two.connect(one.listening().orElseThrow());
        Peer twoSeenByOne = Await.value(first);
        Peer oneSeenByTwo = Await.value(second);
        // A request may end with the session that is given up; the next one is answered.
        Await.until("an answer", () -> isServed(one, twoSeenByOne));
        Await.until("an answer", () -> isServed(two, oneSeenByTwo));
        if (Await.holdsFor(
            PROBE.multipliedBy(4),
            () -> oneHears.coming.size() == 1 && twoHears.coming.size() == 1)) {
          calm++;
          assertTrue(isServed(one, twoSeenByOne));
          assertTrue(isServed(two, oneSeenByTwo));
          assertTrue(twoSeenByOne.direction() != oneSeenByTwo.direction());
        } else {
          // Both gave up in the same moment, by chance: then they dial anew.
          Await.until("one peer", () -> one.peers().stream().anyMatch(peer -> isServed(one, peer)));
          Await.until("one peer", () -> two.peers().stream().anyMatch(peer -> isServed(two, peer)));
        }
      }
    }
    assertTrue(calm >= 1);
  }

  private static boolean isServed(Manager node, Peer peer) {
    return Await.value(
        node.request(peer, Siege.ECHO, Bytes.of(1)).handle((answer, failure) -> answer != null));
  }
}
