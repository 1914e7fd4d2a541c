package bdk.p2p.simulator;

import bdk.p2p.manager.Manager;
import bdk.p2p.manager.Peer;
import bdk.p2p.manager.RequestHandler;
import bdk.p2p.message.Answer;
import bdk.p2p.message.Command;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/** Two nodes that are connected: one answers with a handler of the test's, the other asks. */
final class Duo {
  static final Command ASK = Command.of(Command.FIRST_FREE);

  final Simulation network;
  final SimNode answerer;
  final SimNode asker;

  Duo(Simulation network, RequestHandler handler) {
    this.network = network;
    answerer = network.node("answerer", (self, node) -> node.onRequest(ASK, handler));
    asker = network.node("asker", NodeCode.NONE);
    network.await(asker.manager().connect(answerer.id()));
  }

  /** Echoes. */
  Duo(Simulation network) {
    this(network, (peer, request) -> request.payload());
  }

  Manager manager() {
    return asker.manager();
  }

  Peer peer() {
    return manager().peer(answerer.id()).orElseThrow();
  }

  CompletionStage<Answer> ask() {
    return manager().request(peer(), ASK, ByteBuffer.allocate(4));
  }
}
