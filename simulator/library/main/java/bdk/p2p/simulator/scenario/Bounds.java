package bdk.p2p.simulator.scenario;

import java.time.Duration;

/**
 * What a run must keep to.
 *
 * @param deliveredWithin the longest time from a broadcast to its arrival at every node that was
 *     connected at the start and did not crash meanwhile
 * @param duplicatesPerDelivery the most copies that a node may get beside the first, on average
 */
public record Bounds(Duration deliveredWithin, double duplicatesPerDelivery) {}
