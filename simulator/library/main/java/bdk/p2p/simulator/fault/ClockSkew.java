package bdk.p2p.simulator.fault;

import java.time.Duration;
import java.util.Set;

/**
 * The wall clocks of the victims are wrong until it ends, each by its own offset, drawn evenly
 * between two bounds. Timers go on as ever.
 *
 * @param least the least offset, negative for a clock that is behind; -365 to 365 days
 * @param most the most; the same as the least for an offset without chance
 */
public record ClockSkew(Duration least, Duration most) implements Fault {
  /** The largest offset, either way. */
  public static final Duration MOST = Duration.ofDays(365);

  /**
   * @throws IllegalArgumentException naming the figure, its limits and the value
   */
  public ClockSkew {
    Limits.within("clock-skew: least", MOST.negated(), MOST, least);
    Limits.within("clock-skew: most", least, MOST, most);
  }

  /** Exactly so much, negative for behind. */
  public static ClockSkew by(Duration offset) {
    return new ClockSkew(offset, offset);
  }

  /** At most so much, ahead or behind. */
  public static ClockSkew upTo(Duration bound) {
    return new ClockSkew(bound.negated(), bound);
  }

  @Override
  public String kind() {
    return "clock-skew";
  }

  @Override
  public Set<Ability> needs() {
    return Set.of(Ability.CLOCK);
  }

  @Override
  public boolean disturbsDelivery() {
    return false;
  }

  @Override
  public void begin(FaultContext context) {
    long range = most.minus(least).toNanos();
    for (int victim : context.victims()) {
      Duration offset = least.plusNanos(context.random().nextLong(range + 1));
      context.nodes().skewClock(victim, offset);
      if (!offset.isZero()) {
        context.bit();
      }
    }
  }

  @Override
  public void end(FaultContext context) {
    context.victims().forEach(victim -> context.nodes().skewClock(victim, Duration.ZERO));
  }
}
