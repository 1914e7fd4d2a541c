package bdk.p2p.dispatch;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * Whose turn it is among the inboxes of one peer, which has two sessions for a moment when both
 * sides dial at once. Any thread; guarded by this. Bounded by the sessions of a peer.
 */
final class Turn {
  private final Queue<Inbox> waiting = new ArrayDeque<>(1);
  private boolean taken;

  /** True if it is the inbox's turn; otherwise it is {@linkplain #end told} when it is. */
  synchronized boolean take(Inbox inbox) {
    if (taken) {
      waiting.add(inbox);
      return false;
    }
    taken = true;
    return true;
  }

  /** The turn is over; whoever waited first is to be started. */
  synchronized Optional<Inbox> end() {
    taken = false;
    return Optional.ofNullable(waiting.poll());
  }
}
