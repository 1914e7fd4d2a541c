package bdk.p2p.manager;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.Misbehaviour;
import bdk.p2p.message.RequestOutcome;
import java.util.Map;

/**
 * What a node has done since it started; a snapshot.
 *
 * @param peers peers connected now
 * @param seenBroadcasts broadcasts remembered now
 * @param knownAddresses addresses remembered for dialling now
 * @param arrivingBytes memory of frames that have come in part, of all peers
 * @param heldBytes payload bytes of messages of all peers that are not handled or whose answers are
 *     not written
 * @param queuedBytes frame bytes that wait to be written to peers; what several wait for counts
 *     once
 * @param messagesIn whole messages read
 * @param messagesOut messages handed to sockets
 * @param bytesIn bytes read
 * @param bytesOut frame bytes handed to sockets
 * @param broadcastsIn broadcasts of peers that were new
 * @param duplicatesIn broadcasts of peers that had been seen
 * @param rejectedIn broadcasts of peers that the application found bad
 * @param requests requests of this node that ended, by outcome; every outcome has a value
 * @param drops messages dropped, by reason; every reason has a value
 * @param slowed how often a peer was not read for a while because its address sent faster than it
 *     may
 * @param disconnected peers that went, by reason; every reason has a value
 * @param refused connections that never became a peer, by reason; every reason has a value
 * @param misbehaved what peers did that speaks against them, by kind; every kind has a value, and
 *     what counts no points is counted, too
 * @param bans bans made, by scores and by the application
 */
public record ManagerStatistics(
    int peers,
    int seenBroadcasts,
    int knownAddresses,
    long arrivingBytes,
    long heldBytes,
    long queuedBytes,
    long messagesIn,
    long messagesOut,
    long bytesIn,
    long bytesOut,
    long broadcastsIn,
    long duplicatesIn,
    long rejectedIn,
    Map<RequestOutcome, Long> requests,
    Map<DropReason, Long> drops,
    long slowed,
    Map<CloseReason.Code, Long> disconnected,
    Map<CloseReason.Code, Long> refused,
    Map<Misbehaviour, Long> misbehaved,
    long bans) {}
