package bdk.p2p.session;

import bdk.p2p.message.Answer;
import bdk.p2p.message.RequestOutcome;
import io.netty.util.collection.LongObjectHashMap;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * The requests to one peer that have not ended. Event loop only but for {@link #tryOpen}; bounded
 * by a count that is taken when the request is made, so that queued requests count too.
 *
 * <p>Register, answer, time-out and close happen on one thread, so each request ends once. One
 * timer serves all: the owner asks {@link #nextDeadlineNanos()} and calls {@link #expire}.
 */
final class PendingRequests {
  /** What an arriving answer meant. */
  enum Match {
    SETTLED,
    UNKNOWN,
    OTHER_COMMAND
  }

  private final LongObjectHashMap<PendingRequest> byId = new LongObjectHashMap<>(8);
  private final AtomicInteger open = new AtomicInteger();
  private final int limit;
  private final RandomGenerator random;
  private long nextDeadlineNanos = Long.MAX_VALUE;

  PendingRequests(int limit, RandomGenerator random) {
    this.limit = limit;
    this.random = random;
  }

  /**
   * Takes a place for one more request. Any thread. The place is given back when the request ends
   * after {@link #register}, or by {@link #abandon}.
   */
  boolean tryOpen() {
    if (open.incrementAndGet() > limit) {
      open.decrementAndGet();
      return false;
    }
    return true;
  }

  /**
   * Takes a place in any case: for the core's own pings, of which a session has few. Any thread.
   */
  void openAlways() {
    open.incrementAndGet();
  }

  /** Gives the place of a request back that was never registered. Any thread. */
  void abandon() {
    open.decrementAndGet();
  }

  /** Starts waiting, under an id that no other open request has. */
  void register(PendingRequest request) {
    long id = request.hasChosenId() ? request.id() : random.nextLong();
    while (byId.containsKey(id)) {
      id = random.nextLong();
    }
    byId.put(id, request);
    request.registeredAs(id);
    nextDeadlineNanos = Math.min(nextDeadlineNanos, request.deadlineNanos());
  }

  /** Settles the request that this answers, if there is one. */
  Match answered(Answer answer) {
    long id = answer.id().value();
    PendingRequest request = byId.get(id);
    if (request == null) {
      return Match.UNKNOWN;
    }
    if (!request.command().equals(answer.command())) {
      return Match.OTHER_COMMAND;
    }
    byId.remove(id);
    open.decrementAndGet();
    if (request.isDone()) {
      return Match.UNKNOWN;
    }
    request.waiter().settle(RequestOutcome.ANSWERED, answer);
    return Match.SETTLED;
  }

  /** Takes a request out without settling it, because the caller has ended it. */
  void forget(PendingRequest request) {
    if (request.isRegistered() && byId.get(request.id()) == request) {
      byId.remove(request.id());
      open.decrementAndGet();
    }
  }

  /**
   * The earliest deadline, perhaps of a request that has ended since; {@code Long.MAX_VALUE} if
   * none.
   */
  long nextDeadlineNanos() {
    return nextDeadlineNanos;
  }

  /** Ends every request whose deadline has come, and finds the next deadline. */
  void expire(long nowNanos) {
    List<PendingRequest> late = new ArrayList<>();
    nextDeadlineNanos = Long.MAX_VALUE;
    var entries = byId.entries().iterator();
    while (entries.hasNext()) {
      PendingRequest request = entries.next().value();
      if (request.isDone()) {
        entries.remove();
        open.decrementAndGet();
      } else if (request.deadlineNanos() - nowNanos <= 0) {
        late.add(request);
        entries.remove();
        open.decrementAndGet();
      } else {
        nextDeadlineNanos = Math.min(nextDeadlineNanos, request.deadlineNanos());
      }
    }
    late.forEach(request -> request.waiter().settle(RequestOutcome.TIMED_OUT, null));
  }

  /** Ends them all. */
  void settleAll(RequestOutcome outcome) {
    removeAll().forEach(request -> request.waiter().settle(outcome, null));
  }

  /** Takes them all out, for the caller to settle. */
  List<PendingRequest> removeAll() {
    List<PendingRequest> left = new ArrayList<>(byId.values());
    byId.clear();
    open.addAndGet(-left.size());
    nextDeadlineNanos = Long.MAX_VALUE;
    return left;
  }

  /** Requests that hold a place; a snapshot. Any thread. */
  int count() {
    return open.get();
  }
}
