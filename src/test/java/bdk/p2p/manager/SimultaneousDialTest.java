package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.Command;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.RequestOutcome;
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

    /** Messages arrive on whichever session; a request ends with the session that carried it. */
    void sendWhileTheyMeet(Peer peer, int round) {
      note(peer, round);
      RequestOutcome outcome = ask(peer, round);
      assertTrue(
          outcome == RequestOutcome.ANSWERED || outcome == RequestOutcome.PEER_GONE,
          () -> "request ended as " + outcome);
    }

    void note(Peer peer, int round) {
      assertEquals(SendResult.QUEUED, node.notify(peer, NOTE, Bytes.number(round)));
    }

    RequestOutcome ask(Peer peer, int round) {
      return Await.value(
          node.request(peer, Siege.ECHO, Bytes.number(round))
              .handle((answer, failure) -> outcomeOf(failure)));
    }

    private static RequestOutcome outcomeOf(Throwable failure) {
      return failure == null ? RequestOutcome.ANSWERED : ((RequestException) failure).outcome();
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
      from.sendWhileTheyMeet(peer, round);
    }
  }

  private static void assertSettled(Side one, Side two, int round) {
    assertEquals(round, Await.next("note " + round, one.notes));
    assertEquals(round, Await.next("note " + round, two.notes));
    Await.until("one session", () -> direction(one) != direction(two));
    assertTrue(peer(one).isConnected());
    assertTrue(peer(two).isConnected());
    // The contest may still go on; a request that ends with the loser is asked again.
    Await.until("an answer", () -> one.ask(peer(one), round) == RequestOutcome.ANSWERED);
    Await.until("an answer", () -> two.ask(peer(two), round) == RequestOutcome.ANSWERED);
    assertEquals(List.of("+" + two.id), one.recorder.coming, "round " + round);
    assertEquals(List.of("+" + one.id), two.recorder.coming, "round " + round);
  }

  private static Object direction(Side side) {
    return peer(side).direction();
  }

  private static Peer peer(Side side) {
    return side.node.peers().get(0);
  }
}
