package bdk.p2p.manager;

import bdk.p2p.message.Broadcast;
import bdk.p2p.message.Verdict;
import java.util.concurrent.CompletionStage;

/** Judges broadcasts later, each at its first sight. Runs on a worker. */
@FunctionalInterface
public interface AsyncBroadcastHandler {
  /**
   * Begins to judge a broadcast that this node has not seen. If the stage fails, or is open at the
   * command's deadline, the listener is told; a verdict that comes after the deadline is still
   * carried out.
   *
   * @return a stage with the verdict; may be completed by any thread, never null
   */
  CompletionStage<Verdict> handle(Peer peer, Broadcast broadcast);
}
