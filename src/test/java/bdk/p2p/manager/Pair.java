package bdk.p2p.manager;

import bdk.p2p.message.NodeId;
import java.util.function.UnaryOperator;

/** Two connected nodes: {@code near} has dialled {@code far}. */
final class Pair implements AutoCloseable {
  final Recorder nearRecorder = new Recorder();
  final Recorder farRecorder = new Recorder();
  final Manager near;
  final Manager far;
  final NodeId nearId;
  final NodeId farId;

  /** The far node as the near one sees it. */
  final Peer farPeer;

  /** The near node as the far one sees it. */
  final Peer nearPeer;

  Pair(UnaryOperator<ManagerBuilder> nearPart, UnaryOperator<ManagerBuilder> farPart) {
    near = nearPart.apply(builder(nearRecorder)).start();
    far = farPart.apply(builder(farRecorder)).start();
    nearId = near.listening().orElseThrow();
    farId = far.listening().orElseThrow();
    farPeer = Await.value(near.connect(farId));
    nearPeer = farRecorder.awaitConnected(nearId);
  }

  /** The far node serves. */
  Pair(UnaryOperator<ManagerBuilder> farPart) {
    this(builder -> builder, farPart);
  }

  static ManagerBuilder builder(Recorder recorder) {
    return Manager.builder()
        .listen("127.0.0.1", 0)
        .options(Siege.options().build())
        .listener(recorder);
  }

  @Override
  public void close() {
    near.close();
    far.close();
  }
}
