package bdk.p2p.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bdk.p2p.budget.Holders;
import bdk.p2p.budget.SharedBudget;
import bdk.p2p.message.Command;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomWaitersTest {
  private final OutboundQueue queue =
      new OutboundQueue(4, 1000, new SharedBudget(1L << 40, new Holders()));
  private final RoomWaiters waiters = new RoomWaiters(queue);
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
    waiters.look(false);
    waiters.look(false);
    waiters.look(true);
    assertEquals(List.of("first", "second", "third"), told);
  }

  @Test
  void nobodyIsToldWhileMoreThanHalfWaits() {
    for (int count = 0; count < 3; count++) {
      offer(19);
    }
    wait("one", 19);
    waiters.look(false);
    assertEquals(List.of(), told);
    queue.written(queue.poll());
    waiters.look(false);
    assertEquals(List.of("one"), told);
  }

  @Test
  void whoseMessageDoesNotFitYetGoesOnWaitingInItsPlace() {
    offer(400);
    wait("large", 601);
    wait("fits", 600);
    wait("larger", 2000);
    waiters.look(false);
    assertEquals(List.of("fits"), told);
    queue.written(queue.poll());
    waiters.look(false);
    assertEquals(List.of("fits", "large", "larger"), told);
  }

  @Test
  void everybodyIsToldAtTheEnd() {
    offer(1000);
    wait("one", 19);
    wait("two", 2000);
    waiters.look(false);
    assertEquals(List.of(), told);
    waiters.look(true);
    assertEquals(List.of("one", "two"), told);
  }

  /** Who comes while others are told waits for the next time. */
  @Test
  void whoComesMeanwhileIsNotLost() {
    waiters.add(19, () -> wait("meanwhile", 19));
    waiters.look(false);
    assertEquals(List.of(), told);
    waiters.look(false);
    assertEquals(List.of("meanwhile"), told);
  }
}
