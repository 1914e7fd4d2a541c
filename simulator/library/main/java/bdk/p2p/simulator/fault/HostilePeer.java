package bdk.p2p.simulator.fault;

import bdk.p2p.simulator.hostile.Behaviours;
import java.util.Set;

/**
 * Each victim is beset by a peer of bad behaviour, which keeps on until it ends.
 *
 * @param behaviour one of {@link Behaviours#names}
 */
public record HostilePeer(String behaviour) implements Fault {
  /**
   * @throws IllegalArgumentException if there is no such behaviour, naming those there are
   */
  public HostilePeer {
    Behaviours.require(behaviour);
  }

  @Override
  public String kind() {
    return "hostile-peer";
  }

  @Override
  public Set<Ability> needs() {
    return Set.of(Ability.HOSTILE_PEERS);
  }

  @Override
  public boolean disturbsDelivery() {
    return false;
  }

  @Override
  public void begin(FaultContext context) {
    for (int victim : context.victims()) {
      context.atEnd(context.nodes().attack(victim, behaviour, context::bit));
    }
  }
}
