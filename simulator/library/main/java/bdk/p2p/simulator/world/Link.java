package bdk.p2p.simulator.world;

import bdk.p2p.simulator.fault.Fate;
import bdk.p2p.simulator.fault.Passage;
import bdk.p2p.simulator.fault.RuleBook;
import java.util.random.RandomGenerator;

/**
 * The way from one host to another. Everything that one host sends the other passes here, whatever
 * it is: the one place where it can be delayed, and where the rules of faults are asked.
 */
final class Link {
  private final Timeline timeline;
  private final Life life;
  private final Host from;
  private final Host to;
  private final SerialLink limit;
  private final Latency latency;
  private final RandomGenerator random;
  private final RuleBook rules;

  Link(World world, Host from, Host to, WorldOptions options) {
    this.timeline = world.timeline();
    this.life = world.life();
    this.from = from;
    this.to = to;
    this.limit = new SerialLink(options.pairLimit().bitsPerSecond(from, to));
    this.latency = options.latency();
    this.random = world.stream("link/" + from.index() + "/" + to.index());
    this.rules = world.rules();
  }

  /** True if there is no rule that could stop anything. */
  boolean isFree() {
    return rules.isEmpty();
  }

  /** What the rules make of something that is about to leave, and has never been held. */
  Fate judge(Passage.Kind kind, long connection, int byteCount, Losses losses) {
    return judge(kind, connection, byteCount, losses, false);
  }

  /** What the rules make of something that is about to leave. */
  Fate judge(Passage.Kind kind, long connection, int byteCount, Losses losses, boolean held) {
    return rules.isEmpty()
        ? Fate.PASS
        : judge(
            new Passage(
                kind,
                from.index(),
                to.index(),
                connection,
                byteCount,
                timeline.now(),
                losses.count(),
                losses.stalledNanos(timeline.now()),
                held));
  }

  /**
   * Where it is asked, a rule that throws would be taken for the failure of a channel: the thing
   * passes, and the run fails next.
   */
  private Fate judge(Passage passage) {
    try {
      return rules.judge(passage);
    } catch (RuntimeException | Error thrown) {
      timeline.failSoon(life, thrown);
      return Fate.PASS;
    }
  }

  /**
   * Carries something that has just left the one host to the other.
   *
   * @param order what it must not overtake
   * @param byteCount what it takes of the pair's bandwidth
   * @param arrival runs when it reaches the other host
   */
  void carry(Order order, int byteCount, Runnable arrival) {
    carry(order, byteCount, 0, arrival);
  }

  /**
   * Carries something that a rule delays.
   *
   * @param delayNanos what it takes longer
   */
  void carry(Order order, int byteCount, long delayNanos, Runnable arrival) {
    timeline.at(arrivalNanos(order, byteCount, delayNanos), life, arrival);
  }

  /** When that which leaves now, and takes so much longer, reaches the other host. */
  long arrivalNanos(Order order, int byteCount, long delayNanos) {
    long crossed = limit.reserve(timeline.now(), byteCount);
    long minimum = notNegative(latency.minimumNanos(from, to));
    long jitter = notNegative(latency.jitterNanos(from, to, random));
    return order.next(crossed + minimum + jitter + notNegative(delayNanos));
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
