package bdk.p2p.simulator.bench;

import bdk.p2p.manager.BroadcastResult;
import bdk.p2p.manager.Manager;
import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.manager.NodeListener;
import bdk.p2p.manager.Peer;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.SendResult;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A node that many peers dial. */
final class LibrarySender implements Sender {
  /** How long full queues are left to themselves: far less than it takes to empty one. */
  private static final long PAUSE_NANOS = 10_000;

  /**
   * By default a node that is far behind with hundreds of large messages parts with its slowest
   * peers; the bare pipeline keeps them.
   */
  private static final long TOTAL_OUTBOUND_BYTES = 1 << 30;

  private final Manager node;
  private final ByteBuffer payload;
  private final int sessions;

  LibrarySender(int bytes, int sessions) {
    this.sessions = sessions;
    payload = ByteBuffer.allocate(bytes);
    node =
        Manager.builder()
            .options(
                ManagerOptions.builder()
                    .minPeers(0)
                    .outboundSlots(0)
                    .maxPeers(sessions)
                    .inboundPerNetwork(sessions)
                    .totalOutboundBytes(TOTAL_OUTBOUND_BYTES)
                    .build())
            .listen("127.0.0.1", 0)
            .listener(
                new NodeListener() {
                  @Override
                  public void disconnected(Peer peer, CloseReason reason) {
                    Worker.fail(new IllegalStateException(peer + " has gone: " + reason));
                  }
                })
            .start();
  }

  @Override
  public int port() {
    return node.listening().orElseThrow().port();
  }

  @Override
  public void flood(BooleanSupplier goesOn) throws InterruptedException {
    while (node.peers().size() < sessions) {
      Thread.sleep(1);
    }
    while (goesOn.getAsBoolean()) {
      BroadcastResult result = node.notifyAll(LibraryResponder.COMMAND, payload.duplicate());
      if (result.peers().containsValue(SendResult.QUEUE_FULL)) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  @Override
  public void close() {
    node.close();
  }
}
