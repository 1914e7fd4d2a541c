package bdk.p2p.simulator.run;

import bdk.p2p.manager.Peer;
import bdk.p2p.message.Ban;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.Command;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.MessageType;
import java.net.InetSocketAddress;

/**
 * What one node tells of itself, at the instant at which it happens or in words of another process.
 * Any thread; all times are those of the run.
 */
public interface NodeReports {
  /** It is up; told only by a node that is not when its start returns. */
  void up(long nanos);

  /** It has a new peer. */
  void connected(long nanos, Peer peer);

  /** It has lost a peer. */
  void disconnected(long nanos, Peer peer, CloseReason reason);

  /** A connection did not become a peer. */
  void refused(long nanos, InetSocketAddress address, CloseReason reason);

  /** It has banned an address. */
  void banned(long nanos, Ban ban);

  /**
   * It handled a broadcast.
   *
   * @param index the first eight bytes of the payload; negative if it has fewer than the workload's
   * @param bytes the length of the payload
   */
  void handled(long nanos, Command command, long index, int bytes);

  /** A copy of a broadcast came that it had; the parameters are those of {@link #handled}. */
  void duplicate(long nanos, Command command, long index, int bytes);

  /** It dropped another message. */
  void dropped(long nanos, Peer peer, MessageType type, DropReason reason);

  /** A handler failed. */
  void handlerFailed(long nanos, String what);

  /** It handled a notification of the workload; see {@link RunEvent.Notified}. */
  void notified(long nanos, Peer peer, int sender, int life, long number);
}
