package bdk.p2p.simulator.fault;

import java.util.Set;

/**
 * The victims on one side, everybody else on the other: what is sent across is lost, like with a
 * cable that is pulled out, until it heals.
 *
 * @param direction what is lost
 */
public record Partition(Direction direction) implements Fault {
  /** Which way nothing gets through. */
  public enum Direction {
    BOTH,
    /** What the victims send is lost. */
    FROM_VICTIMS,
    /** What is sent to the victims is lost. */
    TO_VICTIMS
  }

  @Override
  public String kind() {
    return direction == Direction.BOTH ? "partition" : "one-way-partition";
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
    Set<Integer> victims = context.victims();
    context.rule(
        passage -> {
          if (!crosses(victims.contains(passage.from()), victims.contains(passage.to()))) {
            return Fate.PASS;
          }
          context.bit();
          return Fate.LOSE;
        });
  }

  private boolean crosses(boolean fromVictim, boolean toVictim) {
    return switch (direction) {
      case BOTH -> fromVictim != toVictim;
      case FROM_VICTIMS -> fromVictim && !toVictim;
      case TO_VICTIMS -> toVictim && !fromVictim;
    };
  }
}
