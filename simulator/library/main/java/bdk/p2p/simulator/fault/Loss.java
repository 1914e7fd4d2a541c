package bdk.p2p.simulator.fault;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Some of what the victims send or are sent is lost. A stream stalls at what was lost until its
 * repetition gets through.
 *
 * @param rate the part that is lost, 0.000001 to 1
 * @param resetAfter a connection that stalls at least so long is cut, 1 ms to 1 h; never if empty
 * @param scope which way
 */
public record Loss(double rate, Optional<Duration> resetAfter, Scope scope) implements Fault {
  private static final Duration SHORTEST = Duration.ofMillis(1);

  /**
   * @throws IllegalArgumentException naming the figure, its limits and the value
   */
  public Loss {
    Limits.within("loss: rate", Limits.LEAST_RATE, 1, rate);
    resetAfter.ifPresent(after -> Limits.within("loss: resetAfter", SHORTEST, Limits.HOUR, after));
  }

  @Override
  public String kind() {
    return "loss";
  }

  @Override
  public Set<Ability> needs() {
    return Set.of(Ability.RULES);
  }

  @Override
  public boolean disturbsDelivery() {
    return true;
  }

  @Override
  public void begin(FaultContext context) {
    long longest = resetAfter.map(Duration::toNanos).orElse(Long.MAX_VALUE);
    context.rule(
        passage -> {
          if (!scope.holds(context.victims(), passage)) {
            return Fate.PASS;
          }
          boolean isStream =
              passage.kind() == Passage.Kind.BYTES || passage.kind() == Passage.Kind.FIN;
          if (isStream && passage.stalledNanos() >= longest) {
            context.bit();
            return Fate.CUT;
          }
          if (context.random().nextDouble() < rate) {
            context.bit();
            return Fate.LOSE;
          }
          return Fate.PASS;
        });
  }
}
