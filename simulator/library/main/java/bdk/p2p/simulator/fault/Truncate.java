package bdk.p2p.simulator.fault;

import java.util.Set;

/**
 * Some segments lose their tail for ever: what follows in the stream comes right behind what is
 * left. At least one byte stays and at least one goes; a segment of one byte is spared.
 *
 * @param rate the part of the segments, 0.000001 to 1
 * @param scope which way
 */
public record Truncate(double rate, Scope scope) implements Fault {
  /**
   * @throws IllegalArgumentException naming the figure, its limits and the value
   */
  public Truncate {
    Limits.within("truncate: rate", Limits.LEAST_RATE, 1, rate);
  }

  @Override
  public String kind() {
    return "truncate";
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
    context.rule(
        new WhollyPassed(
            passage -> {
              if (passage.byteCount() < 2
                  || !scope.holds(context.victims(), passage)
                  || context.random().nextDouble() >= rate) {
                return Fate.PASS;
              }
              context.bit();
              return Fate.truncate(1 + context.random().nextInt(passage.byteCount() - 1));
            },
            false));
  }
}
