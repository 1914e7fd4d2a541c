package bdk.p2p.simulator.backend;

/**
 * A connection that became a session: both ends got bytes of the other.
 *
 * @param dialler the index of the machine that dialled
 * @param acceptor the index of the machine that was dialled
 * @param fromNanos when its first end opened it
 * @param wholeUntilNanos when its first end closed it; the instant of the question if both ends are
 *     open, {@code fromNanos} where a backend knows of sessions only
 * @param untilNanos when its last end closed it; the instant of the question if it is open
 */
public record ConnectionRecord(
    int dialler, int acceptor, long fromNanos, long wholeUntilNanos, long untilNanos) {}
