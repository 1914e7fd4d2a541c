package bdk.p2p.simulator.fault;

import java.time.Duration;
import java.util.LinkedHashSet;
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
    Set<Stream> passed = new LinkedHashSet<>();
    context.rule(
        passage -> {
          if (!scope.holds(context.victims(), passage)) {
            return Fate.PASS;
          }
          if (!isStream(passage)) {
            return draw(context);
          }
          Stream stream = Stream.of(passage);
          if (passage.held() && passed.contains(stream)) {
            return Fate.PASS; // else it would be lost in the end, if it is held for long
          }
          passed.remove(stream);
          if (passage.stalledNanos() >= longest) {
            context.bit();
            return Fate.CUT;
          }
          Fate fate = draw(context);
          if (fate == Fate.PASS && passage.kind() == Passage.Kind.BYTES) {
            passed.add(stream);
          }
          return fate;
        });
  }

  private static boolean isStream(Passage passage) {
    return passage.kind() == Passage.Kind.BYTES || passage.kind() == Passage.Kind.FIN;
  }

  private Fate draw(FaultContext context) {
    if (context.random().nextDouble() >= rate) {
      return Fate.PASS;
    }
    context.bit();
    return Fate.LOSE;
  }
}
