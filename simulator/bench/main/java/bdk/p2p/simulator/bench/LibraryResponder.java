package bdk.p2p.simulator.bench;

import bdk.p2p.manager.CommandOptions;
import bdk.p2p.manager.Manager;
import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.message.Command;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** A node that listens. */
final class LibraryResponder implements Responder {
  static final Command COMMAND = Command.of(5000);

  private final LongAdder received = new LongAdder();
  private final Manager node;

  LibraryResponder(CommandOptions command, Optional<Keys> keys, int sessions) throws Exception {
    node =
        LibraryNodes.listening(keys, sessions, ManagerOptions.builder())
            .command(COMMAND, command)
            .onRequest(COMMAND, (peer, request) -> request.payload())
            .onNotification(COMMAND, (peer, notification) -> received.increment())
            .start();
  }

  @Override
  public int port() {
    return LibraryNodes.port(node);
  }

  @Override
  public long received() {
    return received.sum();
  }

  @Override
  public int sessions() {
    return node.peers().size();
  }

  @Override
  public void close() {
    node.close();
  }
}
