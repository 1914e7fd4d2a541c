package bdk.p2p.session;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Who waits for room in the outbound queue of one session. Any thread comes; the event loop lets
 * go, the first that came first. Each call holds one place until it is let go, so whoever calls
 * bounds it.
 *
 * <p>Nobody waits in vain: who comes looks at the queue afterwards, and who makes room looks here
 * afterwards.
 */
final class RoomWaiters {
  private record Waiter(int frameBytes, Runnable told, Waiter next) {}

  private final OutboundQueue queue;
  private final AtomicReference<Waiter> newest = new AtomicReference<>();

  RoomWaiters(OutboundQueue queue) {
    this.queue = queue;
  }

  /** Comes to wait. Any thread; whoever calls sees to it that {@link #look} comes afterwards. */
  void add(int frameBytes, Runnable told) {
    newest.updateAndGet(before -> new Waiter(frameBytes, told, before));
  }

  /** Lets those go that find room, or all of them. Event loop only, or no loop is left. */
  void look(boolean all) {
    if (newest.get() == null || !all && !queue.hasMuchRoomFor(0)) {
      return;
    }
    Waiter oldest = null;
    for (Waiter each = newest.getAndSet(null); each != null; each = each.next) {
      oldest = new Waiter(each.frameBytes, each.told, oldest);
    }
    for (Waiter each = oldest; each != null; each = each.next) {
      if (all || queue.hasMuchRoomFor(each.frameBytes)) {
        each.told.run();
      } else {
        add(each.frameBytes, each.told);
      }
    }
  }
}
