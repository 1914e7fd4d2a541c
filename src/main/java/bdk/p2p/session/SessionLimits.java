package bdk.p2p.session;

import java.time.Duration;

/**
 * The bounds of one session.
 *
 * @param handshakeTimeout from the connection to the peer's third byte
 * @param frameTimeout from the first byte of a frame to its last, while this node reads
 * @param idleTimeout without a byte from the peer; a ping goes out at half of it
 * @param writeStallTimeout without a byte taken by the peer while there are bytes for it
 * @param outboundMessages messages waiting to be written, answers not counted
 * @param outboundBytes frame bytes of those; a larger message is taken only into an empty queue
 * @param inboxMessages messages read and not yet done with, unsent answers included
 * @param inboxBytes payload bytes of those; at either bound nothing more is read
 * @param pendingRequests requests to the peer that have not ended
 */
public record SessionLimits(
    Duration handshakeTimeout,
    Duration frameTimeout,
    Duration idleTimeout,
    Duration writeStallTimeout,
    int outboundMessages,
    long outboundBytes,
    int inboxMessages,
    long inboxBytes,
    int pendingRequests) {}
