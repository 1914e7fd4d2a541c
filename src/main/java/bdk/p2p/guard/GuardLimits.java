package bdk.p2p.guard;

import java.time.Duration;

/**
 * The bounds of a guard.
 *
 * @param addressPerSecond connections of one address each second, over any long time
 * @param addressBurst connections of one address at once
 * @param networkPerSecond connections of one network each second, over any long time
 * @param networkBurst connections of one network at once
 * @param exemptLoopback whether this host's own loopback addresses are never refused and banned
 * @param threshold the score at which an address is banned
 * @param halfLife after so long a score is half of what it was
 * @param banTime how long a ban that a score has led to lasts
 * @param remembered the most addresses and networks with a rate, addresses with a score, and bans;
 *     each of them
 */
public record GuardLimits(
    long addressPerSecond,
    long addressBurst,
    long networkPerSecond,
    long networkBurst,
    boolean exemptLoopback,
    int threshold,
    Duration halfLife,
    Duration banTime,
    int remembered) {}
