package bdk.p2p.simulator.world;

import java.util.random.RandomGenerator;

/**
 * The way from one host to another. Everything that one host sends the other passes here, whatever
 * it is: the one place where it can be delayed.
 */
final class Link {
  private final Timeline timeline;
  private final Life life;
  private final Host from;
  private final Host to;
  private final SerialLink limit;
  private final Latency latency;
  private final RandomGenerator random;

  Link(World world, Host from, Host to, WorldOptions options) {
    this.timeline = world.timeline();
    this.life = world.life();
    this.from = from;
    this.to = to;
    this.limit = new SerialLink(options.pairLimit().bitsPerSecond(from, to));
    this.latency = options.latency();
    this.random = world.stream("link/" + from.index() + "/" + to.index());
  }

  /**
   * Carries something that has just left the one host to the other.
   *
   * @param order what it must not overtake
   * @param byteCount what it takes of the pair's bandwidth
   * @param arrival runs when it reaches the other host
   */
  void carry(Order order, int byteCount, Runnable arrival) {
    long crossed = limit.reserve(timeline.now(), byteCount);
    long minimum = notNegative(latency.minimumNanos(from, to));
    long jitter = notNegative(latency.jitterNanos(from, to, random));
    timeline.at(order.next(crossed + minimum + jitter), life, arrival);
  }

  private long notNegative(long nanos) {
    if (nanos < 0) {
      throw new IllegalArgumentException(
          "a latency of %d ns from %s to %s".formatted(nanos, from, to));
    }
    return nanos;
  }

  /** The arrivals of one stream: none is earlier than the one before. */
  static final class Order {
    private long lastNanos;

    /** Moves an instant behind the one before, if it is not. */
    long next(long nanos) {
      lastNanos = Math.max(lastNanos, nanos);
      return lastNanos;
    }
  }
}
