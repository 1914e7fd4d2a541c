package bdk.p2p.manager;

import bdk.p2p.message.Direction;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.NodeType;
import bdk.p2p.message.PeerIdentity;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A node that is about to become a peer.
 *
 * @param direction who dialled
 * @param address the address of its socket
 * @param type what it says that it serves
 * @param id where it says that it listens; the port is a claim if it has dialled
 * @param identity who it has proved to be; empty in plaintext
 */
public record Candidate(
    Direction direction,
    InetSocketAddress address,
    NodeType type,
    NodeId id,
    Optional<PeerIdentity> identity) {}
