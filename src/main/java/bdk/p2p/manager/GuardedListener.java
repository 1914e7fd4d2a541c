package bdk.p2p.manager;

import bdk.p2p.message.Ban;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.Message;
import bdk.p2p.message.Misbehaviour;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;

/**
 * The application's listeners behind a wall: what one throws is logged at DEBUG and harms nobody.
 */
final class GuardedListener implements NodeListener {
  private static final Logger LOG = System.getLogger("bdk.p2p");

  private final List<NodeListener> listeners;
  private final Consumer<Throwable> thrown;

  /**
   * @param thrown learns what a listener throws, too
   */
  GuardedListener(List<NodeListener> listeners, Consumer<Throwable> thrown) {
    this.listeners = listeners;
    this.thrown = thrown;
  }

  private void tell(Consumer<NodeListener> news) {
    for (NodeListener listener : listeners) {
      try {
        news.accept(listener);
      } catch (Throwable cause) {
        LOG.log(Level.DEBUG, "the node's listener failed", cause);
        thrown.accept(cause);
      }
    }
  }

  @Override
  public void connected(Peer peer) {
    tell(listener -> listener.connected(peer));
  }

  @Override
  public void disconnected(Peer peer, CloseReason reason) {
    tell(listener -> listener.disconnected(peer, reason));
  }

  @Override
  public void refused(InetSocketAddress address, CloseReason reason) {
    tell(listener -> listener.refused(address, reason));
  }

  @Override
  public void misbehaved(InetAddress address, Misbehaviour what, int score, String detail) {
    tell(listener -> listener.misbehaved(address, what, score, detail));
  }

  @Override
  public void banned(Ban ban) {
    tell(listener -> listener.banned(ban));
  }

  @Override
  public void dropped(Peer peer, Message message, DropReason reason) {
    tell(listener -> listener.dropped(peer, message, reason));
  }

  @Override
  public void handlerFailed(Peer peer, Message message, Throwable cause) {
    tell(listener -> listener.handlerFailed(peer, message, cause));
  }
}
