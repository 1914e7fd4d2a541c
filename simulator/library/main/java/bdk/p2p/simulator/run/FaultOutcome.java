package bdk.p2p.simulator.run;

import bdk.p2p.simulator.fault.DrawnFault;

/**
 * What a fault did.
 *
 * @param fault which
 * @param began true if the run came so far
 * @param bit how often it did something to somebody
 */
public record FaultOutcome(DrawnFault fault, boolean began, long bit) {}
