package bdk.p2p.simulator.bench;

import bdk.p2p.manager.CommandOptions;
import bdk.p2p.manager.Manager;
import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.manager.Peer;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.SendResult;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A node that dials. */
final class LibraryDriver implements Driver {
  /** How long a full queue is left to itself: far less than it takes to empty it. */
  private static final long PAUSE_NANOS = 10_000;

  private final Manager node;
  private final Peer peer;
  private final ByteBuffer payload;

  LibraryDriver(int port, int bytes, CommandOptions command) throws Exception {
    node =
        Manager.builder()
            .options(ManagerOptions.builder().minPeers(0).build())
            .command(LibraryResponder.COMMAND, command)
            .start();
    peer = node.connect(NodeId.parse("127.0.0.1:" + port)).toCompletableFuture().get();
    payload = ByteBuffer.allocate(bytes);
  }

  @Override
  public void request(Runnable answered) {
    node.request(peer, LibraryResponder.COMMAND, payload.duplicate())
        .whenComplete(
            (answer, failure) -> {
              if (failure != null) {
                Worker.fail(failure);
              }
              answered.run();
            });
  }

  @Override
  public void flood(BooleanSupplier goesOn) {
    while (goesOn.getAsBoolean()) {
      SendResult result = node.notify(peer, LibraryResponder.COMMAND, payload.duplicate());
      if (result == SendResult.PEER_GONE) {
        Worker.fail(new IllegalStateException("the peer has gone"));
      } else if (result == SendResult.QUEUE_FULL) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  @Override
  public void close() {
    node.close();
  }
}
