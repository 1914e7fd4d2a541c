package bdk.p2p.simulator.fault;

import java.util.Set;

/**
 * The victims stop in order, one after the other, and start again when it ends.
 *
 * @param persisted whether they find the addresses of their peers, and their bans, again
 */
public record Stop(boolean persisted) implements Fault {
  @Override
  public String kind() {
    return "stop";
  }

  @Override
  public Set<Ability> needs() {
    return Set.of(Ability.STOP);
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
      if (context.nodes().stop(victim)) {
        context.bit();
      }
    }
  }

  @Override
  public void end(FaultContext context) {
    context.victims().forEach(victim -> context.nodes().start(victim, persisted));
  }
}
