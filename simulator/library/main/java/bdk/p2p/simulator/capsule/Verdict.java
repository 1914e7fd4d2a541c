package bdk.p2p.simulator.capsule;

import bdk.p2p.simulator.scenario.Capsule;
import java.util.Optional;

/**
 * What a run came to.
 *
 * @param breach the first claim that broke; empty if all held
 * @param digest of its trace, in hex; empty if the run did not come to its end
 * @param nanos the run's time at its end
 * @param isSubstantial true if something happened of all that the scenario wants to happen: a claim
 *     that breaks because nothing happened says little about the nodes
 */
public record Verdict(
    Optional<Capsule.Breach> breach, String digest, long nanos, boolean isSubstantial) {
  /** A run without a breach. */
  static Verdict held(String digest, long nanos) {
    return new Verdict(Optional.empty(), digest, nanos, true);
  }
}
