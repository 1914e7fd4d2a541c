package bdk.p2p.simulator.bench;

import bdk.p2p.manager.Manager;
import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.manager.Peer;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.SendResult;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A node that many peers dial. */
final class LibrarySender implements Sender {
  /**
   * By default a node that is far behind with hundreds of large messages parts with its slowest
   * peers; the bare pipeline keeps them.
   */
  private static final long TOTAL_OUTBOUND_BYTES = 1 << 30;

  private final Manager node;
  private final int sessions;

  LibrarySender(Optional<Keys> keys, int sessions, ManagerOptions.Builder options)
      throws Exception {
    this.sessions = sessions;
    node =
        LibraryNodes.listening(keys, sessions, options.totalOutboundBytes(TOTAL_OUTBOUND_BYTES))
            .listener(LibraryNodes.failing())
            .start();
  }

  @Override
  public int port() {
    return LibraryNodes.port(node);
  }

  /** Each message to all: who has no room is waited for. */
  @Override
  public void flood(byte[] payload, BooleanSupplier goesOn) throws InterruptedException {
    Map<NodeId, Peer> peers =
        awaitPeers().stream().collect(Collectors.toMap(Peer::id, Function.identity()));
    while (goesOn.getAsBoolean()) {
      node.notifyAll(LibraryResponder.COMMAND, ByteBuffer.wrap(payload))
          .peers()
          .forEach(
              (id, result) -> {
                if (result == SendResult.QUEUE_FULL) {
                  awaitRoom(peers.get(id), payload);
                }
              });
    }
  }

  /** Each message to the next peer; who has no room is waited for. */
  @Override
  public void spread(byte[] payload, BooleanSupplier goesOn) throws InterruptedException {
    List<Peer> peers = awaitPeers();
    for (int next = 0; goesOn.getAsBoolean(); ) {
      Peer peer = peers.get(next);
      if (node.notify(peer, LibraryResponder.COMMAND, ByteBuffer.wrap(payload))
          == SendResult.QUEUED) {
        next = (next + 1) % sessions;
      } else {
        awaitRoom(peer, payload);
      }
    }
  }

  private void awaitRoom(Peer peer, byte[] payload) {
    node.room(peer, payload.length).toCompletableFuture().join();
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
