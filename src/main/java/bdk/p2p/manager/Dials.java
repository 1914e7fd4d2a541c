package bdk.p2p.manager;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.NodeId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The dials under way, at most one to each id. Guarded by this; futures are completed by the
 * callers, outside. Bounded by a greatest number.
 */
final class Dials {
  private final int limit;
  private final Map<NodeId, CompletableFuture<Peer>> underWay = new LinkedHashMap<>();

  Dials(int limit) {
    this.limit = limit;
  }

  /**
   * The dial to this id.
   *
   * @param isNew whether the caller has to start it
   * @param result completes with the peer, or fails with a {@link DialException}
   */
  record Dial(boolean isNew, CompletableFuture<Peer> result) {}

  /** Joins the dial to this id, or begins one; at the bound the result has failed already. */
  Dial join(NodeId id, CompletableFuture<Peer> fresh) {
    synchronized (this) {
      CompletableFuture<Peer> known = underWay.get(id);
      if (known != null) {
        return new Dial(false, known);
      }
      if (underWay.size() < limit) {
        underWay.put(id, fresh);
        return new Dial(true, fresh);
      }
    }
    CloseReason reason =
        new CloseReason(
            CloseReason.Code.CONNECT_FAILED, "there are " + limit + " dials under way already");
    fresh.completeExceptionally(new DialException(id, reason));
    return new Dial(false, fresh);
  }

  /** Ends the dial to this id; the caller completes the result, if there is one. */
  synchronized CompletableFuture<Peer> end(NodeId id) {
    return underWay.remove(id);
  }

  /** Ends every dial; the caller completes the results. */
  synchronized Map<NodeId, CompletableFuture<Peer>> endAll() {
    Map<NodeId, CompletableFuture<Peer>> all = new LinkedHashMap<>(underWay);
    underWay.clear();
    return all;
  }

  synchronized boolean contains(NodeId id) {
    return underWay.containsKey(id);
  }

  synchronized int count() {
    return underWay.size();
  }
}
