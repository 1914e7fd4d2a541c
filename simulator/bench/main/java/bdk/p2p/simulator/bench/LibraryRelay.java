package bdk.p2p.simulator.bench;

import bdk.p2p.manager.CommandOptions;
import bdk.p2p.manager.Manager;
import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.message.Verdict;
import java.util.Optional;

/** A node between two others, which relays every broadcast. */
final class LibraryRelay implements Relay {
  private static final int MOST_PEERS = 2;

  private final Manager node;

  LibraryRelay(int next, CommandOptions command, Optional<Keys> keys) throws Exception {
    node =
        LibraryNodes.listening(keys, MOST_PEERS, ManagerOptions.builder())
            .command(LibraryResponder.COMMAND, command)
            .onBroadcast(LibraryResponder.COMMAND, (peer, broadcast) -> Verdict.RELAY)
            .listener(LibraryNodes.failing())
            .start();
    LibraryNodes.dial(node, next);
  }

  @Override
  public int port() {
    return LibraryNodes.port(node);
  }

  @Override
  public void close() {
    node.close();
  }
}
