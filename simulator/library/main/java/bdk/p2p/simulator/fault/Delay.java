package bdk.p2p.simulator.fault;

import java.time.Duration;
import java.util.Set;

/**
 * The way from or to the victims takes longer, and not always as much longer.
 *
 * @param delay what everything takes longer at least, 0 to 1 h
 * @param jitter the most that a passage takes longer still, drawn for each; 0 to 1 h
 * @param scope which way
 */
public record Delay(Duration delay, Duration jitter, Scope scope) implements Fault {
  /** From here on sessions may time out, which are answered within twice as much. */
  private static final Duration HARMLESS = Duration.ofSeconds(1);

  /**
   * @throws IllegalArgumentException naming the figure, its limits and the value
   */
  public Delay {
    Limits.within("latency: delay", Duration.ZERO, Limits.HOUR, delay);
    Limits.within("latency: jitter", Duration.ZERO, Limits.HOUR, jitter);
    if (delay.isZero() && jitter.isZero()) {
      throw new IllegalArgumentException("latency: delay and jitter are 0, expected one above it");
    }
  }

  @Override
  public String kind() {
    return "latency";
  }

  @Override
  public Set<Ability> needs() {
    return Set.of(Ability.RULES);
  }

  @Override
  public boolean disturbsDelivery() {
    return delay.plus(jitter).compareTo(HARMLESS) >= 0;
  }

  @Override
  public void begin(FaultContext context) {
    long least = delay.toNanos();
    long more = jitter.toNanos() + 1;
    context.rule(
        new WhollyPassed(
            passage -> {
              if (!scope.holds(context.victims(), passage)) {
                return Fate.PASS;
              }
              context.bit();
              return Fate.delay(least + context.random().nextLong(more));
            },
            true));
  }
}
