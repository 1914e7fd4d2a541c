package bdk.p2p.simulator.fault;

import java.util.Set;

/**
 * The victims' processes stand still until it ends, while the kernels of their machines go on: what
 * they are sent is received until nobody has room for more, and nothing is answered.
 */
public record Pause() implements Fault {
  @Override
  public String kind() {
    return "pause";
  }

  @Override
  public Set<Ability> needs() {
    return Set.of(Ability.PAUSE);
  }

  @Override
  public boolean disturbsDelivery() {
    return true;
  }

  @Override
  public void begin(FaultContext context) {
    for (int victim : context.victims()) {
      if (context.nodes().pause(victim)) {
        context.bit();
      }
    }
  }

  @Override
  public void end(FaultContext context) {
    context.victims().forEach(victim -> context.nodes().resume(victim));
  }
}
