package bdk.p2p.manager;

/**
 * What went over one session; a snapshot.
 *
 * @param messagesIn whole messages read
 * @param messagesOut messages handed to the socket
 * @param bytesIn bytes read, handshake included
 * @param bytesOut frame bytes handed to the socket
 * @param queuedMessages messages that wait to be written
 * @param queuedBytes frame bytes of those
 * @param heldMessages messages of the peer that are not handled or whose answers are not written
 * @param heldBytes payload bytes of those
 * @param arrivingBytes memory of a frame that has come in part: at most twice what has come of it,
 *     and what the last reading brought
 * @param pendingRequests requests to the peer that have not ended, the core's own pings included
 */
public record PeerStatistics(
    long messagesIn,
    long messagesOut,
    long bytesIn,
    long bytesOut,
    int queuedMessages,
    long queuedBytes,
    int heldMessages,
    long heldBytes,
    long arrivingBytes,
    int pendingRequests) {}
