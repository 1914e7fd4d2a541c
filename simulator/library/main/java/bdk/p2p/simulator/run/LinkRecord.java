package bdk.p2p.simulator.run;

/**
 * One session that was open between two nodes.
 *
 * @param dialler who dialled
 * @param acceptor who was dialled
 * @param fromNanos when its first end opened it
 * @param wholeUntilNanos when its first end closed it, or the end of the run; {@code fromNanos}
 *     where the backend knows of sessions only
 * @param untilNanos when its last end closed it, or the end of the run
 */
public record LinkRecord(
    SimulatedNode dialler,
    SimulatedNode acceptor,
    long fromNanos,
    long wholeUntilNanos,
    long untilNanos) {}
