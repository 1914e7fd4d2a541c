package bdk.p2p.simulator.bench;

import bdk.p2p.manager.CommandOptions;
import bdk.p2p.manager.Manager;
import bdk.p2p.manager.Peer;
import bdk.p2p.message.SendResult;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A node that dials. */
final class LibraryDriver implements Driver {
  /** How long a full queue is left to itself: far less than it takes to empty it. */
  private static final long PAUSE_NANOS = 10_000;

  private final Manager node;
  private final Peer peer;

  LibraryDriver(int port, CommandOptions command, Optional<Keys> keys) throws Exception {
    node = LibraryNodes.dialling(keys).command(LibraryResponder.COMMAND, command).start();
    peer = LibraryNodes.dial(node, port);
  }

  @Override
  public void request(byte[] payload, Runnable answered) {
    node.request(peer, LibraryResponder.COMMAND, ByteBuffer.wrap(payload))
        .whenComplete(
            (answer, failure) -> {
              if (failure != null) {
                Worker.fail(failure);
              }
              answered.run();
            });
  }

  @Override
  public void flood(byte[] payload, BooleanSupplier goesOn) {
    while (goesOn.getAsBoolean()) {
      SendResult result = node.notify(peer, LibraryResponder.COMMAND, ByteBuffer.wrap(payload));
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
