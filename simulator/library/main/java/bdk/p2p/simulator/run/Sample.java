package bdk.p2p.simulator.run;

/**
 * The network at an instant.
 *
 * @param nanos when
 * @param nodesUp nodes that are up
 * @param sessions sessions open at both ends
 * @param bytesIn bytes read by all nodes since the start
 * @param bytesOut bytes written by all nodes since the start
 * @param deliveries broadcasts handled since the start
 * @param duplicates copies that reached nodes which had them, since the start
 */
public record Sample(
    long nanos,
    int nodesUp,
    int sessions,
    long bytesIn,
    long bytesOut,
    long deliveries,
    long duplicates) {}
