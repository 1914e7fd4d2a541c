package bdk.p2p.peer;

import java.net.InetAddress;
import java.util.function.Predicate;

/**
 * How many peers there may be.
 *
 * @param peers the most peers at a time
 * @param outboundSlots how many of them are kept for peers that this node dials
 * @param inboundPerNetwork the most peers of one network that dialled
 * @param handshakes the most unfinished handshakes of sessions that peers dialled, beside the peers
 * @param isExempt whose network does not count
 */
public record PeerLimits(
    int peers,
    int outboundSlots,
    int inboundPerNetwork,
    int handshakes,
    Predicate<InetAddress> isExempt) {
  /** The most peers that dialled. */
  int inbound() {
    return peers - outboundSlots;
  }
}
