package bdk.p2p.discovery;

import java.time.Duration;

/**
 * How eagerly a node looks for peers.
 *
 * @param minPeers NORMAL peers below which it dials addresses it was told of
 * @param minDialled those of them that it dials itself, whoever else has dialled it
 * @param maxPeers peers of any type above which it dials nobody
 * @param maxDials dials under way at a time
 * @param interval between two rounds while it has too few
 * @param restingInterval between two rounds while it has enough
 */
public record DiscoveryLimits(
    int minPeers,
    int minDialled,
    int maxPeers,
    int maxDials,
    Duration interval,
    Duration restingInterval) {}
