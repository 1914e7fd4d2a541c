package bdk.p2p.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.budget.Holders;
import bdk.p2p.budget.SharedBudget;
import bdk.p2p.message.Command;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageType;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoomWaitersTest {
  private final OutboundQueue queue =
      new OutboundQueue(4, 1000, new SharedBudget(1L << 40, new Holders()));
  private final List<Promise<Void>> timers = new ArrayList<>();
  private final RoomWaiters waiters =
      new RoomWaiters(
          queue,
          () -> {
            timers.add(ImmediateEventExecutor.INSTANCE.newPromise());
            return timers.get(timers.size() - 1);
          });
  private final List<String> told = new ArrayList<>();

  private void offer(int frameBytes) {
    byte[] payload = new byte[frameBytes - 19];
    queue.offer(
        Outbound.of(Message.adopt(MessageType.NOTIFICATION, 1, Command.of(4096), payload), false));
  }

  private void wait(String who, int frameBytes) {
    waiters.add(frameBytes, () -> told.add(who));
  }

  @Test
  void firstThatCameIsToldFirstAndEachOnce() {
    wait("first", 19);
    wait("second", 19);
    wait("third", 19);
    waiters.look();
    waiters.look();
    waiters.end().forEach(Runnable::run);
    assertEquals(List.of("first", "second", "third"), told);
  }

  @Test
  void nobodyIsToldWhileMoreThanHalfWaits() {
    for (int count = 0; count < 3; count++) {
      offer(19);
    }
    wait("one", 19);
    waiters.look();
    assertEquals(List.of(), told);
    queue.written(queue.poll());
    waiters.look();
    assertEquals(List.of("one"), told);
  }

  @Test
  void whoseMessageDoesNotFitYetGoesOnWaitingInItsPlace() {
    offer(400);
    wait("large", 601);
    wait("fits", 600);
    wait("larger", 2000);
    waiters.look();
    assertEquals(List.of("fits"), told);
    queue.written(queue.poll());
    waiters.look();
    assertEquals(List.of("fits", "large", "larger"), told);
  }

  @Test
  void everybodyIsToldAtTheEnd() {
    offer(1000);
    wait("one", 19);
    wait("two", 2000);
    waiters.look();
    assertEquals(List.of(), told);
    waiters.end().forEach(Runnable::run);
    assertEquals(List.of("one", "two"), told);
  }

  private void wait(int from, int to) {
    for (int one = from; one <= to; one++) {
      wait("" + one, 19);
    }
  }

  private void assertTold(int last) {
    assertEquals(IntStream.rangeClosed(1, last).mapToObj(one -> "" + one).toList(), told);
  }

  @Test
  void ofManyFourAreToldAndTheNextWhenSomebodyComes() {
    wait(1, 10);
    waiters.look();
    assertTold(4);
    waiters.look();
    assertTold(4);
    wait(11, 11);
    waiters.look();
    assertTold(8);
    assertEquals(1, timers.size(), "one at a time");
  }

  @Test
  void twiceAsManyAreToldForEachMomentInWhichNobodyComes() {
    wait(1, 30);
    waiters.look();
    waiters.lookAgain();
    assertTold(4 + 8);
    waiters.lookAgain();
    assertTold(4 + 8 + 16);
    assertEquals(3, timers.size());
    waiters.lookAgain();
    assertTold(30);
    assertEquals(3, timers.size(), "nobody is left");
  }

  @Test
  void whoIsLeftIsToldWhenAQueueThatOthersFilledHasRoomAgain() {
    wait(1, 9);
    waiters.look();
    for (int count = 0; count < 3; count++) {
      offer(19);
    }
    waiters.lookAgain();
    waiters.look();
    assertTold(4);
    queue.written(queue.poll());
    waiters.look();
    assertTold(8);
  }

  @Test
  void whoWaitsForMoreRoomThanThereIsNeedsNoTimer() {
    offer(400);
    wait("large", 900);
    waiters.look();
    assertEquals(List.of(), told);
    assertEquals(0, timers.size());
    queue.written(queue.poll());
    waiters.look();
    assertEquals(List.of("large"), told);
  }

  @Test
  void endTellsAllAndLeavesNoTimer() {
    wait(1, 9);
    waiters.look();
    wait(10, 10);
    waiters.end().forEach(Runnable::run);
    assertTold(10);
    assertTrue(timers.get(0).isCancelled());
  }

  /** Who comes while others are told waits for the next time. */
  @Test
  void whoComesMeanwhileIsNotLost() {
    waiters.add(19, () -> wait("meanwhile", 19));
    waiters.look();
    assertEquals(List.of(), told);
    waiters.look();
    assertEquals(List.of("meanwhile"), told);
  }
}
