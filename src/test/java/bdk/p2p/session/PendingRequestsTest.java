package bdk.p2p.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.Answer;
import bdk.p2p.message.Command;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageType;
import bdk.p2p.message.RequestOutcome;
import bdk.p2p.session.PendingRequests.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PendingRequestsTest {
  private static final Command ASK = Command.of(4096);

  /** Remembers how a request ended. */
  private static final class Waiter implements RequestWaiter {
    final List<RequestOutcome> outcomes = new ArrayList<>();
    boolean done;

    @Override
    public boolean isDone() {
      return done;
    }

    @Override
    public void settle(RequestOutcome outcome, Answer answer) {
      done = true;
      outcomes.add(outcome);
    }
  }

  private final PendingRequests requests = new PendingRequests(3, new Random(1));
  private final Waiter waiter = new Waiter();

  private PendingRequest open(long deadlineNanos, Waiter waiter) {
    assertTrue(requests.tryOpen());
    PendingRequest request = new PendingRequest(ASK, new byte[0], deadlineNanos, waiter);
    requests.register(request);
    return request;
  }

  private static Answer answer(long id, Command command) {
    return (Answer) Message.adopt(MessageType.ANSWER, id, command, new byte[0]);
  }

  @Test
  void answerSettlesItsRequestOnce() {
    PendingRequest request = open(100, waiter);
    assertEquals(Match.SETTLED, requests.answered(answer(request.id(), ASK)));
    assertEquals(Match.UNKNOWN, requests.answered(answer(request.id(), ASK)));
    requests.expire(200);
    requests.settleAll(RequestOutcome.PEER_GONE);
    assertEquals(List.of(RequestOutcome.ANSWERED), waiter.outcomes);
    assertEquals(0, requests.count());
  }

  @Test
  void answerOfAnotherCommandLeavesTheRequestOpen() {
    PendingRequest request = open(100, waiter);
    assertEquals(Match.OTHER_COMMAND, requests.answered(answer(request.id(), Command.PING)));
    assertEquals(List.of(), waiter.outcomes);
    assertEquals(Match.SETTLED, requests.answered(answer(request.id(), ASK)));
  }

  @Test
  void answerToARequestThatTheCallerEndedIsUnknown() {
    PendingRequest request = open(100, waiter);
    waiter.done = true;
    assertEquals(Match.UNKNOWN, requests.answered(answer(request.id(), ASK)));
    assertEquals(List.of(), waiter.outcomes);
    assertEquals(0, requests.count());
  }

  @Test
  void requestExpiresAtItsDeadlineAndNotBefore() {
    open(100, waiter);
    Waiter later = new Waiter();
    open(300, later);
    assertEquals(100, requests.nextDeadlineNanos());
    requests.expire(99);
    assertEquals(List.of(), waiter.outcomes);
    requests.expire(100);
    assertEquals(List.of(RequestOutcome.TIMED_OUT), waiter.outcomes);
    assertEquals(List.of(), later.outcomes);
    assertEquals(300, requests.nextDeadlineNanos());
    requests.expire(300);
    assertEquals(Long.MAX_VALUE, requests.nextDeadlineNanos());
    assertEquals(0, requests.count());
  }

  @Test
  void manyRequestsExpireTogether() {
    PendingRequests many = new PendingRequests(1000, new Random(2));
    List<Waiter> waiters = new ArrayList<>();
    for (int count = 0; count < 1000; count++) {
      assertTrue(many.tryOpen());
      waiters.add(new Waiter());
      many.register(new PendingRequest(ASK, new byte[0], count, waiters.get(count)));
    }
    many.expire(499);
    assertEquals(500, waiters.stream().filter(Waiter::isDone).count());
    assertEquals(500, many.count());
    many.settleAll(RequestOutcome.PEER_GONE);
    assertEquals(0, many.count());
    assertTrue(waiters.stream().allMatch(one -> one.outcomes.size() == 1));
  }

  @Test
  void placesAreBoundedAndGivenBack() {
    PendingRequest first = open(100, waiter);
    open(100, new Waiter());
    assertTrue(requests.tryOpen());
    assertFalse(requests.tryOpen());
    requests.abandon();
    assertTrue(requests.tryOpen());
    requests.abandon();
    requests.forget(first);
    requests.forget(first);
    assertEquals(1, requests.count());
    requests.openAlways();
    assertEquals(2, requests.count());
  }

  @Test
  void chosenIdIsKeptUnlessAnotherRequestHasIt() {
    PendingRequest ping = PendingRequest.ping(42, 100, waiter);
    requests.openAlways();
    requests.register(ping);
    assertEquals(42, ping.id());
    PendingRequest second = PendingRequest.ping(42, 100, new Waiter());
    requests.openAlways();
    requests.register(second);
    assertNotEquals(42, second.id());
  }
}
