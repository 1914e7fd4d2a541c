package bdk.p2p.manager;

import bdk.p2p.message.Ban;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.Message;
import bdk.p2p.message.Misbehaviour;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Learns what happens to peers and messages. Runs on workers with no lock held; what concerns one
 * peer comes in order and with one handle: connected, then its messages and drops, then
 * disconnected.
 *
 * <p>After that only {@link #handlerFailed} and {@link #dropped} may come, with the same handle: of
 * messages whose handlers had a later result that was open still, and of what was handed over, or
 * answered, at the very moment of the end. Whoever keeps something for each peer takes it away when
 * the peer is gone, and makes nothing anew for these.
 */
public interface NodeListener {
  /** A peer is there. */
  default void connected(Peer peer) {}

  /** A peer is gone. */
  default void disconnected(Peer peer, CloseReason reason) {}

  /**
   * A connection did not become a peer: refused by this node or by the other, or never made. All
   * are counted; 4,096 may wait to be told.
   *
   * @param address where it was dialled to or came from
   */
  default void refused(InetSocketAddress address, CloseReason reason) {}

  /**
   * An address got points for what a peer did. All are counted; 4,096 may wait to be told, refused
   * connections and bans among them.
   *
   * @param score what it adds up to now, of {@link GuardOptions#threshold()}
   * @param detail what was seen
   */
  default void misbehaved(InetAddress address, Misbehaviour what, int score, String detail) {}

  /** An address is banned, by its score or by the application; its sessions are being closed. */
  default void banned(Ban ban) {}

  /**
   * A message from a peer or to a peer was dropped. All are counted; of those that were to go out,
   * only so many are told as the listener keeps up with: 64 a peer may wait.
   */
  default void dropped(Peer peer, Message message, DropReason reason) {}

  /**
   * A handler threw, its later result failed, or it returned what must not be sent. By default
   * logged at {@link Level#DEBUG}, because a peer may be able to cause it at will.
   */
  default void handlerFailed(Peer peer, Message message, Throwable cause) {
    System.getLogger("bdk.p2p").log(Level.DEBUG, () -> "handler of " + message + " failed", cause);
  }
}
