package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.Command;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.SendResult;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two nodes that dial each other at the same moment end with one session, and nobody notices. */
@ExtendWith(NoLeaks.class)
class SimultaneousDialTest {
  private static final Command NOTE = Command.of(5000);
  private static final Executor DIALLERS = task -> new Thread(task, "dialler").start();

  /** One of the two. */
  private static final class Side implements AutoCloseable {
    final Recorder recorder = new Recorder();
    final BlockingQueue<Integer> notes = new LinkedBlockingQueue<>();
    final Manager node =
        Pair.builder(recorder)
            .onRequest(Siege.ECHO, (peer, request) -> request.payload())
            .onNotification(NOTE, (peer, note) -> notes.add(note.payload().getInt()))
            .start();
    final NodeId id = node.listening().orElseThrow();

    Peer dial(Side other, CyclicBarrier barrier) {
      try {
        barrier.await();
      } catch (Exception broken) {
        throw new AssertionError(broken);
      }
      return Await.value(node.connect(other.id));
    }

    void send(Peer peer, int round) {
      assertEquals(SendResult.QUEUED, node.notify(peer, NOTE, Bytes.number(round)));
      assertEquals(
          Bytes.number(round),
          Await.value(node.request(peer, Siege.ECHO, Bytes.number(round))).payload());
    }

    @Override
    public void close() {
      node.close();
    }
  }

  @Test
  void exactlyOneSessionIsLeftAndNoMessageIsLost() {
    repeat(1000, 1);
  }

  @Test
  void thirdDialAtTheSameTimeChangesNothing() {
    repeat(250, 2);
  }

  /** With two new nodes each time, so that no dial is left over from the time before. */
  private static void repeat(int rounds, int dials) {
    for (int round = 0; round < rounds; round++) {
      try (Side one = new Side();
          Side two = new Side()) {
        dialAndSend(one, two, round, dials);
        assertSettled(one, two, round);
      }
    }
  }

  /** Each side dials so many times, and sends as soon as one of the dials has succeeded. */
  private static void dialAndSend(Side one, Side two, int round, int dials) {
    CyclicBarrier barrier = new CyclicBarrier(2 * dials);
    CompletableFuture<?>[] all = new CompletableFuture<?>[2 * dials];
    for (int dial = 0; dial < dials; dial++) {
      boolean sends = dial == 0;
      all[2 * dial] =
          CompletableFuture.runAsync(() -> act(one, two, barrier, sends, round), DIALLERS);
      all[2 * dial + 1] =
          CompletableFuture.runAsync(() -> act(two, one, barrier, sends, round), DIALLERS);
    }
    Await.value(CompletableFuture.allOf(all));
  }

  private static void act(Side from, Side to, CyclicBarrier barrier, boolean sends, int round) {
    Peer peer = from.dial(to, barrier);
    if (sends) {
      from.send(peer, round);
    }
  }

  private static void assertSettled(Side one, Side two, int round) {
    assertEquals(round, Await.next("note " + round, one.notes));
    assertEquals(round, Await.next("note " + round, two.notes));
    Await.until("one session", () -> direction(one) != direction(two));
    assertTrue(one.node.peers().get(0).isConnected());
    assertTrue(two.node.peers().get(0).isConnected());
    one.send(one.node.peers().get(0), round + 1);
    two.send(two.node.peers().get(0), round + 1);
    assertEquals(List.of("+" + two.id), one.recorder.coming, "round " + round);
    assertEquals(List.of("+" + one.id), two.recorder.coming, "round " + round);
  }

  private static Object direction(Side side) {
    return side.node.peers().get(0).direction();
  }
}
