package bdk.p2p.simulator.bench;

import bdk.p2p.manager.CommandOptions;
import bdk.p2p.manager.Manager;
import bdk.p2p.manager.Peer;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A node that dials. */
final class LibraryDriver implements Driver {
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
      switch (node.notify(peer, LibraryResponder.COMMAND, ByteBuffer.wrap(payload))) {
        case QUEUED -> {}
        case QUEUE_FULL -> node.room(peer, payload.length).toCompletableFuture().join();
        case PEER_GONE -> Worker.fail(new IllegalStateException("the peer has gone"));
      }
    }
  }

  @Override
  public void close() {
    node.close();
  }
}
