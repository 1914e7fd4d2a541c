package bdk.p2p.simulator.cli;

import bdk.p2p.manager.NodeListener;
import bdk.p2p.manager.Peer;
import bdk.p2p.message.CloseReason;
import java.util.Locale;

/** Prints peers that come and go. Any thread. */
final class JsonListener implements NodeListener {
  private final JsonLines out;

  JsonListener(JsonLines out) {
    this.out = out;
  }

  @Override
  public void connected(Peer peer) {
    out.event(
        "connected",
        "peer",
        peer.id().toString(),
        "type",
        peer.type().name().toLowerCase(Locale.ROOT),
        "direction",
        peer.direction().name().toLowerCase(Locale.ROOT));
  }

  @Override
  public void disconnected(Peer peer, CloseReason reason) {
    out.event("disconnected", "peer", peer.id().toString(), "reason", reason.toString());
  }
}
