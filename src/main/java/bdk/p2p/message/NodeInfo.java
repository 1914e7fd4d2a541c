package bdk.p2p.message;

import java.util.List;
import java.util.Objects;

/**
 * What a node says of itself.
 *
 * @param head its chain head
 * @param epochMicros its wall clock in microseconds since 1970-01-01T00:00Z; unsigned
 * @param peers the nodes it is connected to, or some of them; immutable
 */
public record NodeInfo(ChainHead head, long epochMicros, List<NodeEntry> peers) {
  /** Copies the list. */
  public NodeInfo {
    Objects.requireNonNull(head, "head");
    peers = List.copyOf(peers);
  }
}
