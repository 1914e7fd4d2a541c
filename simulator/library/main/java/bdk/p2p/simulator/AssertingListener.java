package bdk.p2p.simulator;

import bdk.p2p.manager.NodeListener;
import bdk.p2p.manager.Peer;
import bdk.p2p.message.Ban;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.Message;
import bdk.p2p.message.Misbehaviour;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/**
 * A listener of a test's whose assertions count: a node swallows whatever its listeners throw, so
 * an error is told of before it gets there. The simulation's thread only.
 */
final class AssertingListener implements NodeListener {
  private final NodeListener listener;
  private final Consumer<Error> failures;

  AssertingListener(NodeListener listener, Consumer<Error> failures) {
    this.listener = listener;
    this.failures = failures;
  }

  private void tell(Consumer<NodeListener> news) {
    try {
      news.accept(listener);
    } catch (Error failure) {
      failures.accept(failure);
      throw failure;
    }
  }

  @Override
  public void connected(Peer peer) {
    tell(one -> one.connected(peer));
  }

  @Override
  public void disconnected(Peer peer, CloseReason reason) {
    tell(one -> one.disconnected(peer, reason));
  }

  @Override
  public void refused(InetSocketAddress address, CloseReason reason) {
    tell(one -> one.refused(address, reason));
  }

  @Override
  public void misbehaved(InetAddress address, Misbehaviour what, int score, String detail) {
    tell(one -> one.misbehaved(address, what, score, detail));
  }

  @Override
  public void banned(Ban ban) {
    tell(one -> one.banned(ban));
  }

  @Override
  public void dropped(Peer peer, Message message, DropReason reason) {
    tell(one -> one.dropped(peer, message, reason));
  }

  @Override
  public void handlerFailed(Peer peer, Message message, Throwable cause) {
    tell(one -> one.handlerFailed(peer, message, cause));
  }
}
