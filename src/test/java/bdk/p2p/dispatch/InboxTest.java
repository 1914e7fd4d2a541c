package bdk.p2p.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.Command;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Inboxes run their tasks in order, and those of one peer never two at once. */
@Timeout(60)
class InboxTest {
  private final Queue<Runnable> workers = new ArrayDeque<>();
  private final List<String> done = new ArrayList<>();
  private boolean mayRun = true;

  private Inbox inbox() {
    return new Inbox(workers::add, () -> 0, () -> true, message -> {}, () -> {});
  }

  private void work() {
    for (Runnable next = workers.poll(); next != null; next = workers.poll()) {
      next.run();
    }
  }

  @Test
  void nothingRunsBeforeItIsAdmittedAndThenInOrder() {
    Inbox inbox = inbox();
    inbox.add(() -> done.add("b"));
    inbox.add(() -> done.add("c"));
    work();
    assertEquals(List.of(), done);
    inbox.admit(() -> done.add("a"));
    inbox.add(() -> done.add("d"));
    work();
    assertEquals(List.of("a", "b", "c", "d"), done);
  }

  @Test
  void oneThatWaitsForItsAnswersLeavesTheTurnToTheOther() {
    Inbox first = new Inbox(workers::add, () -> 0, () -> mayRun, message -> {}, () -> {});
    Inbox second = inbox();
    second.takeTurns(first);
    mayRun = false;
    first.admit(() -> done.add("first"));
    second.admit(() -> done.add("second"));
    work();
    assertEquals(List.of("second"), done);
    mayRun = true;
    first.goOn();
    work();
    assertEquals(List.of("second", "first"), done);
  }

  /** A task of the second is there while one of the first runs. */
  @Test
  void whoWaitsForItsTurnIsStartedWhenItComes() {
    Inbox first = inbox();
    Inbox second = inbox();
    second.takeTurns(first);
    first.admit(
        () -> {
          second.admit(() -> done.add("second"));
          work();
          done.add("first");
        });
    work();
    assertEquals(List.of("first", "second"), done);
  }

  private Inbox inboxFor(Runnable handled) {
    return new Inbox(
        workers::add,
        () -> 0,
        () -> mayRun,
        message -> done.add(Long.toString(message.id().value())),
        handled);
  }

  private static Message message(long id) {
    return Message.adopt(MessageType.NOTIFICATION, id, Command.of(4096), new byte[0]);
  }

  @Test
  void oneWorkerIsWokenForTheMessagesOfAReading() {
    Inbox inbox = inboxFor(() -> {});
    inbox.admit(() -> {});
    work();
    inbox.add(message(1));
    inbox.add(message(2));
    assertEquals(0, workers.size());
    inbox.readComplete();
    assertEquals(1, workers.size());
    inbox.readComplete();
    assertEquals(1, workers.size());
    work();
    assertEquals(List.of("1", "2"), done);
  }

  @Test
  void longReadingsWakeAWorkerBeforeTheyEnd() {
    Inbox inbox = inboxFor(() -> {});
    inbox.admit(() -> {});
    work();
    for (int id = 1; id <= 511; id++) {
      inbox.add(message(id));
    }
    assertEquals(0, workers.size());
    inbox.add(message(512));
    assertEquals(1, workers.size());
    work();
    assertEquals(512, done.size());
  }

  @Test
  void lightMessageRunsAtOnceOnlyIfNothingRunsOrWaits() {
    Inbox inbox = inboxFor(() -> done.add("handled"));
    assertFalse(inbox.runNow(message(1)), "not admitted");
    inbox.admit(() -> done.add("admitted"));
    assertFalse(inbox.runNow(message(1)), "its admission waits for a worker");
    work();
    done.clear();
    assertTrue(inbox.runNow(message(1)));
    assertEquals(List.of("1"), done);
    inbox.add(message(2));
    assertFalse(inbox.runNow(message(3)), "one waits that no worker was woken for");
    inbox.add(message(3));
    work();
    assertEquals(List.of("1", "2", "3", "handled"), done);
    mayRun = false;
    assertFalse(inbox.runNow(message(4)), "its answers do not leave");
    inbox.add(message(4));
    work();
    mayRun = true;
    inbox.goOn();
    work();
    assertEquals("4", done.get(done.size() - 2));
  }

  @Test
  void whatIsHandledAtOnceIsToldWhenTheReadingIsOver() {
    Inbox inbox = inboxFor(() -> done.add("handled"));
    inbox.admit(() -> {});
    work();
    done.clear();
    assertTrue(inbox.runNow(message(1)));
    assertTrue(inbox.runNow(message(2)));
    inbox.readComplete();
    inbox.readComplete();
    assertEquals(List.of("1", "2", "handled"), done);
  }

  @Test
  void whatIsHandledAtOnceIsToldByAWorkerThatIsAtIt() {
    Inbox inbox = inboxFor(() -> done.add("handled"));
    inbox.admit(() -> {});
    work();
    done.clear();
    assertTrue(inbox.runNow(message(1)));
    inbox.add(message(2));
    inbox.readComplete();
    assertEquals(List.of("1"), done);
    work();
    assertEquals(List.of("1", "2", "handled"), done);
  }

  @Test
  void whatIsHandledIsToldBeforeItRests() {
    Inbox inbox = inboxFor(() -> done.add("handled"));
    inbox.admit(() -> done.add("admitted"));
    work();
    done.clear();
    inbox.add(() -> mayRun = false);
    inbox.add(() -> done.add("later"));
    work();
    assertEquals(List.of("handled"), done);
  }

  @Test
  void lightMessageWaitsForTheTurnOfItsPeersOtherSession() {
    Inbox first = inboxFor(() -> {});
    Inbox second = inboxFor(() -> {});
    second.takeTurns(first);
    first.admit(() -> {});
    second.admit(() -> {});
    work();
    first.add(
        () -> {
          assertFalse(second.runNow(message(2)));
          second.add(message(2));
          done.add("1");
        });
    work();
    assertEquals(List.of("1", "2"), done);
  }

  @Test
  void tasksOfTwoInboxesOfOnePeerNeverRunAtOnce() throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 200; round++) {
        runTogether(pool);
      }
    } finally {
      pool.shutdownNow();
      assertTrue(pool.awaitTermination(10, TimeUnit.SECONDS));
    }
  }

  private static void runTogether(ExecutorService pool) throws InterruptedException {
    int each = 200;
    Inbox first = new Inbox(pool, System::nanoTime, () -> true, message -> {}, () -> {});
    Inbox second = new Inbox(pool, System::nanoTime, () -> true, message -> {}, () -> {});
    second.takeTurns(first);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger outOfOrder = new AtomicInteger();
    CountDownLatch left = new CountDownLatch(2 * each);
    first.admit(() -> {});
    second.admit(() -> {});
    List<Thread> sources = new ArrayList<>();
    for (Inbox inbox : List.of(first, second)) {
      AtomicInteger expected = new AtomicInteger();
      Thread source =
          new Thread(
              () -> {
                for (int number = 0; number < each; number++) {
                  int own = number;
                  inbox.add(
                      () -> {
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        outOfOrder.addAndGet(expected.getAndIncrement() == own ? 0 : 1);
                        Thread.onSpinWait();
                        running.decrementAndGet();
                        left.countDown();
                      });
                }
              });
      sources.add(source);
      source.start();
    }
    assertTrue(left.await(20, TimeUnit.SECONDS), () -> left.getCount() + " were lost");
    for (Thread source : sources) {
      source.join();
    }
    assertEquals(1, most.get());
    assertEquals(0, outOfOrder.get());
  }
}
