package bdk.p2p.simulator.capsule;

import bdk.p2p.simulator.scenario.Capsule;
import java.util.Optional;

/**
 * What a run came to.
 *
 * @param breach the first claim that broke; empty if all held
 * @param digest of its trace, in hex; empty if the run did not come to its end
 * @param nanos the run's time at its end
 */
public record Verdict(Optional<Capsule.Breach> breach, String digest, long nanos) {}
