package bdk.p2p.simulator.fault;

import java.util.Set;

/**
 * Connections of the victims are cut: reset, and both ends learn of it.
 *
 * @param perSecond how many, on average, while it is on: each time the connection is cut on which
 *     something passes next; 0 to cut all that are open in the instant in which it begins; at most
 *     1,000
 * @param betweenVictims true for connections that have a victim at both ends, false for those that
 *     have one at either
 */
public record Reset(double perSecond, boolean betweenVictims) implements Fault {
  /** The highest rate. */
  public static final double MOST_PER_SECOND = 1_000;

  /**
   * @throws IllegalArgumentException naming the figure, its limits and the value
   */
  public Reset {
    Limits.within("reset: perSecond", 0, MOST_PER_SECOND, perSecond);
  }

  @Override
  public String kind() {
    return "reset";
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
  public boolean needsTime() {
    return perSecond > 0;
  }

  @Override
  public void begin(FaultContext context) {
    if (perSecond == 0) {
      int count = context.cut((one, other) -> isStruck(context.victims(), one, other));
      for (int cut = 0; cut < count; cut++) {
        context.bit();
      }
    } else {
      context.rule(new Cutting(context));
    }
  }

  private boolean isStruck(Set<Integer> victims, int one, int other) {
    return betweenVictims
        ? victims.contains(one) && victims.contains(other)
        : victims.contains(one) || victims.contains(other);
  }

  /** Cuts at instants that it draws, each at the first opportunity. */
  private final class Cutting implements Rule {
    private final FaultContext context;
    private long nextNanos;

    private Cutting(FaultContext context) {
      this.context = context;
    }

    @Override
    public Fate judge(Passage passage) {
      if (nextNanos == 0) {
        nextNanos = after(passage.nowNanos());
      }
      if (passage.kind() != Passage.Kind.BYTES
          || !isStruck(context.victims(), passage.from(), passage.to())
          || passage.nowNanos() < nextNanos) {
        return Fate.PASS;
      }
      nextNanos = after(nextNanos);
      context.bit();
      return Fate.CUT;
    }

    /** A rate of next to nothing makes it never. */
    private long after(long nanos) {
      long next = nanos + (long) (context.random().nextExponential() * 1e9 / perSecond);
      return next < nanos ? Long.MAX_VALUE : next;
    }
  }
}
