package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdk.p2p.message.Answer;
import bdk.p2p.message.Command;
import bdk.p2p.message.NodeId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A node that is to be attacked, and an honest peer of it that must be served all the while. */
final class Siege implements AutoCloseable {
  static final Command ECHO = Command.of(4096);

  final Recorder recorder = new Recorder();
  final Manager node;
  final NodeId id;
  private final Manager honest;
  private final Peer served;

  Siege() {
    this(builder -> builder);
  }

  Siege(UnaryOperator<ManagerOptions.Builder> options) {
    this(options.apply(options()).build(), builder -> builder);
  }

  Siege(ManagerOptions options, UnaryOperator<ManagerBuilder> more) {
    node =
        more.apply(
                Manager.builder()
                    .listen("127.0.0.1", 0)
                    .options(options)
                    .onRequest(ECHO, (peer, request) -> request.payload())
                    .listener(recorder))
            .start();
    id = node.listening().orElseThrow();
    honest =
        Manager.builder()
            .listen("127.0.0.1", 0)
            .options(options().requestTimeout(Await.LIMIT).build())
            .start();
    served = Await.value(honest.connect(id));
    recorder.awaitConnected(honest.listening().orElseThrow());
  }

  /** A small quiet node that looks for nobody and stops fast. */
  static ManagerOptions.Builder options() {
    return ManagerOptions.builder()
        .minPeers(0)
        .ioThreads(1)
        .workerThreads(2)
        .stopTimeout(Duration.ofSeconds(2));
  }

  /** A hostile peer that has shaken hands and that the node takes for a peer. */
  RawPeer intruder() {
    RawPeer peer = RawPeer.join(id);
    recorder.awaitConnected(peer.id());
    return peer;
  }

  void assertHonestPeerIsServed() {
    byte[] payload = {1, 2, 3};
    Answer answer = Await.value(honest.request(served, ECHO, ByteBuffer.wrap(payload)));
    byte[] echoed = new byte[answer.payloadBytes()];
    answer.payload().get(echoed);
    assertArrayEquals(payload, echoed);
  }

  NodeId honestId() {
    return honest.listening().orElseThrow();
  }

  @Override
  public void close() {
    assertHonestPeerIsServed();
    assertTrue(served.isConnected());
    honest.close();
    node.close();
  }
}
