package bdk.p2p.simulator.cli;

import bdk.p2p.manager.NodeListener;
import bdk.p2p.manager.Peer;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.NodeId;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints peers that come and go. Any thread. */
final class JsonListener implements NodeListener {
  private final JsonLines out;
  private final boolean tells;

  /**
   * @param tells whether it tells of connections that became no peers, too
   */
  JsonListener(JsonLines out, boolean tells) {
    this.out = out;
    this.tells = tells;
  }

  @Override
  public void connected(Peer peer) {
    List<Object> fields =
        new ArrayList<>(
            List.of(
                "peer",
                peer.id().toString(),
                "type",
                peer.type().name().toLowerCase(Locale.ROOT),
                "direction",
                peer.direction().name().toLowerCase(Locale.ROOT)));
    peer.identity().ifPresent(identity -> fields.addAll(List.of("identity", identity.toString())));
    out.event("connected", fields.toArray());
  }

  @Override
  public void disconnected(Peer peer, CloseReason reason) {
    out.event("disconnected", "peer", peer.id().toString(), "reason", reason.toString());
  }

  @Override
  public void refused(InetSocketAddress address, CloseReason reason) {
    if (tells) {
      out.event("refused", "address", NodeId.of(address).toString(), "reason", reason.toString());
    }
  }
}
