package bdk.p2p.simulator.fault;

import java.util.Set;

/**
 * The victims lose power without a word to their peers, and come back when it ends.
 *
 * @param persisted whether they find the addresses of their peers, and their bans, again
 */
public record Crash(boolean persisted) implements Fault {
  @Override
  public String kind() {
    return "crash";
  }

  @Override
  public Set<Ability> needs() {
    return Set.of(Ability.POWER_OFF);
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
      if (context.nodes().powerOff(victim)) {
        context.bit();
      }
    }
  }

  @Override
  public void end(FaultContext context) {
    context.victims().forEach(victim -> context.nodes().start(victim, persisted));
  }
}
