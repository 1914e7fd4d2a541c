package bdk.p2p.simulator.fault;

import java.util.EnumSet;
import java.util.Set;

/**
 * The victims leave, each in a way that is drawn, and return when it ends. An entry with {@code
 * times}, {@code every} and {@code spread} makes a coming and going of it.
 *
 * @param crash the weight of a power failure without a word, 0 to 1,000
 * @param kill the weight of a process that dies, 0 to 1,000
 * @param stop the weight of a stop in order, 0 to 1,000; the three together are above 0
 * @param persisted whether they find the addresses of their peers, and their bans, again
 */
public record Churn(int crash, int kill, int stop, boolean persisted) implements Fault {
  /** The largest weight. */
  public static final int MOST_WEIGHT = 1_000;

  /**
   * @throws IllegalArgumentException naming the figure, its limits and the value
   */
  public Churn {
    Limits.within("churn: crash", 0, MOST_WEIGHT, crash);
    Limits.within("churn: kill", 0, MOST_WEIGHT, kill);
    Limits.within("churn: stop", 0, MOST_WEIGHT, stop);
    if (crash + kill + stop == 0) {
      throw new IllegalArgumentException(
          "churn: crash, kill and stop are 0, expected one above it");
    }
  }

  @Override
  public String kind() {
    return "churn";
  }

  @Override
  public Set<Ability> needs() {
    Set<Ability> needs = EnumSet.noneOf(Ability.class);
    if (crash > 0) {
      needs.add(Ability.POWER_OFF);
    }
    if (kill > 0) {
      needs.add(Ability.KILL);
    }
    if (stop > 0) {
      needs.add(Ability.STOP);
    }
    return needs;
  }

  @Override
  public boolean disturbsDelivery() {
    return false;
  }

  @Override
  public boolean needsTime() {
    return false;
  }

  @Override
  public void begin(FaultContext context) {
    for (int victim : context.victims()) {
      if (leave(context.nodes(), victim, context.random().nextInt(crash + kill + stop))) {
        context.bit();
      }
    }
  }

  private boolean leave(NodeControl nodes, int victim, int drawn) {
    if (drawn < crash) {
      return nodes.powerOff(victim);
    }
    return drawn < crash + kill ? nodes.kill(victim) : nodes.stop(victim);
  }

  @Override
  public void end(FaultContext context) {
    context.victims().forEach(victim -> context.nodes().start(victim, persisted));
  }
}
