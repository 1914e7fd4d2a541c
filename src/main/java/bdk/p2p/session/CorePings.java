package bdk.p2p.session;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * The core's own pings of one peer, and what the latest ping of anybody's showed. Event loop only,
 * but for the round trip.
 */
final class CorePings {
  private final Session session;
  private final SessionContext context;
  private final PendingRequests requests;
  private final OutboundQueue queue;
  private volatile long roundTripNanos = -1;

  CorePings(
      Session session, SessionContext context, PendingRequests requests, OutboundQueue queue) {
    this.session = session;
    this.context = context;
    this.requests = requests;
    this.queue = queue;
  }

  /** The latest measured round trip; negative if there is none. Any thread. */
  long roundTripNanos() {
    return roundTripNanos;
  }

  /** Keeps a round trip. Any thread. */
  void roundTrip(long nanos) {
    roundTripNanos = nanos;
  }

  /**
   * Hands a ping over, which leaves with the next drain.
   *
   * @param limit how long the answer may take
   * @param answered told once, on the event loop, whether it came in time
   */
  void ping(Duration limit, Consumer<Boolean> answered) {
    long start = context.environment().nanoTime();
    long id = context.environment().random().nextLong();
    if (!session.isInbound()) {
      context.pingIds().put(id, session);
    }
    CorePing waiter =
        new CorePing(
            inTime -> {
              context.pingIds().remove(id);
              if (inTime) {
                roundTripNanos = context.environment().nanoTime() - start;
              }
              answered.accept(inTime);
            });
    requests.openAlways();
    queue.put(Outbound.request(PendingRequest.ping(id, start + limit.toNanos(), waiter), true));
  }
}
