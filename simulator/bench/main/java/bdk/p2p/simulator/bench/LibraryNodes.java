package bdk.p2p.simulator.bench;

import bdk.p2p.manager.Manager;
import bdk.p2p.manager.ManagerBuilder;
import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.manager.NodeListener;
import bdk.p2p.manager.Peer;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.NodeId;
import java.time.Duration;
import java.util.Optional;

/** Nodes on loopback that look for nobody by themselves. */
final class LibraryNodes {
  private static final String LOOPBACK = "127.0.0.1";

  /** Receivers never say anything. */
  private static final Duration SILENCE = Duration.ofHours(1);

  private LibraryNodes() {}

  /** Begins a node that dials. */
  static ManagerBuilder dialling(Optional<Keys> keys) throws Exception {
    return secured(
        Manager.builder().options(ManagerOptions.builder().minPeers(0).build()), keys, true);
  }

  /** Begins a node that listens on a free port, for so many peers. */
  static ManagerBuilder listening(Optional<Keys> keys, int sessions, ManagerOptions.Builder options)
      throws Exception {
    return secured(
        Manager.builder()
            .options(
                options
                    .minPeers(0)
                    .outboundSlots(0)
                    .maxPeers(sessions)
                    .inboundPerNetwork(sessions)
                    .idleTimeout(SILENCE)
                    .build())
            .listen(LOOPBACK, 0),
        keys,
        false);
  }

  private static ManagerBuilder secured(ManagerBuilder builder, Optional<Keys> keys, boolean dials)
      throws Exception {
    return keys.isEmpty() ? builder : builder.tls(keys.get().options(dials));
  }

  /** Connects, and waits for it. */
  static Peer dial(Manager node, int port) throws Exception {
    return node.connect(NodeId.parse(LOOPBACK + ":" + port)).toCompletableFuture().get();
  }

  static int port(Manager node) {
    return node.listening().orElseThrow().port();
  }

  /** What ends the process if a peer goes: a figure beside that is none. */
  static NodeListener failing() {
    return new NodeListener() {
      @Override
      public void disconnected(Peer peer, CloseReason reason) {
        Worker.fail(new IllegalStateException(peer + " has gone: " + reason));
      }
    };
  }
}
