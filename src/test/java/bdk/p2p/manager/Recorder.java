package bdk.p2p.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bdk.p2p.message.Ban;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.Message;
import bdk.p2p.message.Misbehaviour;
import bdk.p2p.message.NodeId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** A listener that remembers all it hears. */
final class Recorder implements NodeListener {
  record Closed(Peer peer, CloseReason reason) {}

  record Refused(InetSocketAddress address, CloseReason reason) {}

  record Dropped(Peer peer, Message message, DropReason reason) {}

  record Misbehaved(String address, Misbehaviour what, int score, String detail) {}

  record Failed(Peer peer, Message message, Throwable cause) {}

  final BlockingQueue<Peer> connected = new LinkedBlockingQueue<>();
  final BlockingQueue<Closed> disconnected = new LinkedBlockingQueue<>();
  final BlockingQueue<Refused> refused = new LinkedBlockingQueue<>();
  final BlockingQueue<Dropped> dropped = new LinkedBlockingQueue<>();
  final BlockingQueue<Misbehaved> misbehaved = new LinkedBlockingQueue<>();
  final BlockingQueue<Ban> banned = new LinkedBlockingQueue<>();
  final BlockingQueue<Failed> failed = new LinkedBlockingQueue<>();

  /** Connected and disconnected in their order, as {@code +id} and {@code -id}. */
  final List<String> coming = new CopyOnWriteArrayList<>();

  /** The names of all threads that called. */
  final List<String> threads = new CopyOnWriteArrayList<>();

  @Override
  public void connected(Peer peer) {
    threads.add(Thread.currentThread().getName());
    coming.add("+" + peer.id());
    connected.add(peer);
  }

  @Override
  public void disconnected(Peer peer, CloseReason reason) {
    threads.add(Thread.currentThread().getName());
    coming.add("-" + peer.id());
    disconnected.add(new Closed(peer, reason));
  }

  @Override
  public void refused(InetSocketAddress address, CloseReason reason) {
    refused.add(new Refused(Objects.requireNonNull(address), reason));
  }

  @Override
  public void dropped(Peer peer, Message message, DropReason reason) {
    dropped.add(new Dropped(peer, message, reason));
  }

  @Override
  public void handlerFailed(Peer peer, Message message, Throwable cause) {
    threads.add(Thread.currentThread().getName());
    failed.add(new Failed(peer, message, cause));
  }

  @Override
  public void misbehaved(InetAddress address, Misbehaviour what, int score, String detail) {
    misbehaved.add(new Misbehaved(address.getHostAddress(), what, score, detail));
  }

  @Override
  public void banned(Ban ban) {
    banned.add(ban);
  }

  Peer awaitConnected(NodeId id) {
    return Await.next("connected " + id, connected, peer -> peer.id().equals(id));
  }

  Peer awaitConnected() {
    return Await.next("connected", connected);
  }

  CloseReason awaitDisconnected(NodeId id) {
    return Await.next("disconnected " + id, disconnected, closed -> closed.peer().id().equals(id))
        .reason();
  }

  CloseReason awaitRefused() {
    return Await.next("refused", refused).reason();
  }

  Dropped awaitDropped(DropReason reason) {
    return Await.next("dropped " + reason, dropped, one -> one.reason() == reason);
  }

  static void assertReason(CloseReason.Code code, String detail, CloseReason reason) {
    assertEquals(new CloseReason(code, detail), reason);
  }
}
