package bdk.p2p.simulator.fault;

import java.util.Set;

/** Whoever dials a victim is refused, as if nobody listened there; what is connected stays so. */
public record ConnectRefused() implements Fault {
  @Override
  public String kind() {
    return "connect-refused";
  }

  @Override
  public Set<Ability> needs() {
    return Set.of(Ability.RULES);
  }

  @Override
  public boolean disturbsDelivery() {
    return false;
  }

  @Override
  public void begin(FaultContext context) {
    context.rule(
        passage -> {
          if (passage.kind() != Passage.Kind.DIAL || !context.victims().contains(passage.to())) {
            return Fate.PASS;
          }
          context.bit();
          return Fate.REFUSE;
        });
  }
}
