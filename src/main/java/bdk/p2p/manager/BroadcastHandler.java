package bdk.p2p.manager;

import bdk.p2p.message.Broadcast;
import bdk.p2p.message.Verdict;

/** Judges broadcasts at once, each at its first sight. Runs on a worker; may block. */
@FunctionalInterface
public interface BroadcastHandler {
  /**
   * Judges a broadcast that this node has not seen. If it throws, the listener is told and the
   * broadcast is not relayed.
   *
   * @return what is to become of it; never null
   */
  Verdict handle(Peer peer, Broadcast broadcast);
}
