package bdk.p2p.manager;

import bdk.p2p.message.MessageId;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.SendResult;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of a broadcast or notification for each peer it was for.
 *
 * @param id the id under which it went out
 * @param peers the outcome for every NORMAL peer connected at the call, the oldest peer first;
 *     immutable
 */
public record BroadcastResult(MessageId id, Map<NodeId, SendResult> peers) {
  /** Copies the map. */
  public BroadcastResult {
    peers = Collections.unmodifiableMap(new LinkedHashMap<>(peers));
  }

  /** The number of peers that will get it unless their session ends first. */
  public int queued() {
    return Collections.frequency(peers.values(), SendResult.QUEUED);
  }
}
