package bdk.p2p.simulator.fault;

import java.util.Set;

/**
 * The victims' processes die, their machines reset their connections, and they start again when it
 * ends.
 *
 * @param persisted whether they find the addresses of their peers, and their bans, again
 */
public record Kill(boolean persisted) implements Fault {
  @Override
  public String kind() {
    return "kill";
  }

  @Override
  public Set<Ability> needs() {
    return Set.of(Ability.KILL);
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
      if (context.nodes().kill(victim)) {
        context.bit();
      }
    }
  }

  @Override
  public void end(FaultContext context) {
    context.victims().forEach(victim -> context.nodes().start(victim, persisted));
  }
}
