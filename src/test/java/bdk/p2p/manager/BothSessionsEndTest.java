package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Both sessions of one peer end at the same moment, on two event loops: all that came goes, with
 * the same handle, and the peer may come again.
 */
@ExtendWith(NoLeaks.class)
class BothSessionsEndTest {
  /** In one of some hundred rounds one event loop acts in the midst of what the other does. */
  private static final int ROUNDS = 500;

  private static final int PORT = 4000;

  private final List<Peer> came = new CopyOnWriteArrayList<>();
  private final List<Peer> went = new CopyOnWriteArrayList<>();

  private final class Listener implements NodeListener {
    @Override
    public void connected(Peer peer) {
      came.add(peer);
    }

    @Override
    public void disconnected(Peer peer, CloseReason reason) {
      went.add(peer);
    }
  }

  /** A peer that has said nothing goes on unnoticed; one that has comes back as another. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatCameGoesAndMayComeAgain(boolean speaks) throws InterruptedException {
    try (Manager node =
        Manager.builder()
            .listen("127.0.0.1", 0)
            .options(Siege.options().ioThreads(2).build())
            .listener(new Listener())
            .start()) {
      for (int round = 0; round < ROUNDS; round++) {
        comeTwiceAndGo(node, speaks, round);
      }
      Await.until("all gone", () -> went.size() == came.size());
      for (int n = 0; n < came.size(); n++) {
        assertSame(came.get(n), went.get(n));
      }
      assertTrue(came.size() >= ROUNDS, came.size() + " came");
    }
  }

  /** Not that of the round before, whose second session may have been admitted late. */
  private static Optional<Peer> peerOf(Manager node, RawPeer raw) {
    return node.peers().stream()
        .filter(peer -> peer.address().getPort() == raw.localPort())
        .findFirst();
  }

  private void comeTwiceAndGo(Manager node, boolean speaks, int round) throws InterruptedException {
    NodeId at = node.listening().orElseThrow();
    RawPeer first = RawPeer.connect(at);
    RawPeer second = RawPeer.connect(at);
    first.greet(0, PORT);
    first.readHandshake();
    Await.until("the peer in round " + round, () -> peerOf(node, first).isPresent());
    if (speaks) {
      first.send(RawPeer.frame(RawPeer.REQUEST, round, 0));
      Peer peer = peerOf(node, first).orElseThrow();
      Await.until("its ping", () -> peer.statistics().messagesIn() > 0);
    }
    second.greet(0, PORT);
    second.readHandshake();
    Thread other = new Thread(first::reset);
    other.start();
    second.reset();
    other.join();
    Await.until("nobody is left", () -> node.peers().isEmpty());
  }
}
