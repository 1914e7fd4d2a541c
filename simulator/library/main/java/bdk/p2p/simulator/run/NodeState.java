package bdk.p2p.simulator.run;

import bdk.p2p.manager.ManagerStatistics;
import bdk.p2p.manager.PeerStatistics;
import java.util.List;

/**
 * A node at an instant.
 *
 * @param node which
 * @param statistics what it has done in its present life
 * @param peers its sessions
 */
public record NodeState(
    SimulatedNode node, ManagerStatistics statistics, List<PeerStatistics> peers) {}
