package bdk.p2p.simulator.bench;

import bdk.p2p.manager.BroadcastResult;
import bdk.p2p.manager.Manager;
import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.manager.Peer;
import bdk.p2p.message.SendResult;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A node that many peers dial. */
final class LibrarySender implements Sender {
  /**
   * By default a node that is far behind with hundreds of large messages parts with its slowest
   * peers; the bare pipeline keeps them.
   */
  private static final long TOTAL_OUTBOUND_BYTES = 1 << 30;

  private final Manager node;
  private final int sessions;

  LibrarySender(Optional<Keys> keys, int sessions) throws Exception {
    this.sessions = sessions;
    node =
        LibraryNodes.listening(
                keys, sessions, ManagerOptions.builder().totalOutboundBytes(TOTAL_OUTBOUND_BYTES))
            .listener(LibraryNodes.failing())
            .start();
  }

  @Override
  public int port() {
    return LibraryNodes.port(node);
  }

  @Override
  public void flood(byte[] payload, BooleanSupplier goesOn) throws InterruptedException {
    awaitPeers();
    Patience patience = new Patience();
    while (goesOn.getAsBoolean()) {
      BroadcastResult result = node.notifyAll(LibraryResponder.COMMAND, ByteBuffer.wrap(payload));
      if (result.peers().containsValue(SendResult.QUEUE_FULL)) {
        patience.full();
      } else {
        patience.taken();
      }
    }
  }

  @Override
  public void spread(byte[] payload, BooleanSupplier goesOn) throws InterruptedException {
    List<Peer> peers = awaitPeers();
    Patience patience = new Patience();
    int refused = 0;
    for (int next = 0; goesOn.getAsBoolean(); next = (next + 1) % sessions) {
      SendResult result =
          node.notify(peers.get(next), LibraryResponder.COMMAND, ByteBuffer.wrap(payload));
      if (result == SendResult.QUEUED) {
        refused = 0;
        patience.taken();
      } else if (++refused == sessions) {
        refused = 0;
        patience.full();
      }
    }
  }

  private List<Peer> awaitPeers() throws InterruptedException {
    while (node.peers().size() < sessions) {
      Thread.sleep(1);
    }
    return List.copyOf(node.peers());
  }

  @Override
  public void close() {
    node.close();
  }
}
