package bdk.p2p.manager;

import bdk.p2p.message.CloseReason;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.Message;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;

/** The application's listener behind a wall: what it throws is logged at DEBUG and harms nobody. */
final class GuardedListener implements NodeListener {
  private static final Logger LOG = System.getLogger("bdk.p2p");

  private final NodeListener listener;

  GuardedListener(NodeListener listener) {
    this.listener = listener;
  }

  private static void guard(Runnable call) {
    try {
      call.run();
    } catch (Throwable cause) {
      LOG.log(Level.DEBUG, "the node's listener failed", cause);
    }
  }

  @Override
  public void connected(Peer peer) {
    guard(() -> listener.connected(peer));
  }

  @Override
  public void disconnected(Peer peer, CloseReason reason) {
    guard(() -> listener.disconnected(peer, reason));
  }

  @Override
  public void refused(InetSocketAddress address, CloseReason reason) {
    guard(() -> listener.refused(address, reason));
  }

  @Override
  public void dropped(Peer peer, Message message, DropReason reason) {
    guard(() -> listener.dropped(peer, message, reason));
  }

  @Override
  public void handlerFailed(Peer peer, Message message, Throwable cause) {
    guard(() -> listener.handlerFailed(peer, message, cause));
  }
}
