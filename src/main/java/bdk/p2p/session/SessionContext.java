package bdk.p2p.session;

import bdk.p2p.budget.NodeBudgets;
import bdk.p2p.environment.Environment;
import bdk.p2p.message.NodeType;
import bdk.p2p.wire.FrameLimits;
import bdk.p2p.wire.Originals;
import java.util.Map;

/**
 * What all sessions of a node share.
 *
 * @param environment time, chance and threads
 * @param limits the bounds of each session
 * @param frames the payload bounds by command
 * @param originals broadcasts in memory, whose copies need none of their own
 * @param type what this node announces itself as
 * @param announcedPort the port this node announces; 0 for the local port of each socket
 * @param events where sessions report to
 * @param budgets what all sessions together may hold
 * @param rates how fast peers may send
 * @param traffic the sums over all sessions
 * @param pingIds the core's own open pings on sessions that this node dialled, by id; concurrent, a
 *     few a session at most
 */
public record SessionContext(
    Environment environment,
    SessionLimits limits,
    FrameLimits frames,
    Originals originals,
    NodeType type,
    int announcedPort,
    SessionEvents events,
    NodeBudgets budgets,
    InboundRates rates,
    TrafficCounters traffic,
    Map<Long, Session> pingIds) {}
