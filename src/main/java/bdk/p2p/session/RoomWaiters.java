package bdk.p2p.session;

import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Who waits for room in the outbound queue of one session. Any thread comes; the event loop lets
 * go, who came first first. Each call holds one place until it is let go, so whoever calls bounds
 * it.
 *
 * <p>Nobody waits in vain: who comes looks at the queue afterwards, and who makes room looks here
 * afterwards. But of many only {@value #FIRST_TOLD} are told at first: these can fill the queue,
 * and threads that all wake to find it full again would cost more than what they send. When
 * somebody comes the next ones are told; if nobody does for a moment twice as many, and so on.
 */
final class RoomWaiters {
  static final int FIRST_TOLD = 4;

  private static final int MOST_TOLD = 1 << 20;

  private record Waiter(int frameBytes, Runnable told, Waiter next) {}

  private final OutboundQueue queue;
  private final Supplier<Future<?>> soon;
  private final AtomicReference<Waiter> newest = new AtomicReference<>();
  // What follows is of the event loop. The first that came is the first.
  private final Deque<Waiter> waiting = new ArrayDeque<>(0);
  private Future<?> timer;
  private int mayTell = FIRST_TOLD;
  private boolean mustLook;

  /**
   * @param soon arranges for {@link #lookAgain} in a moment, on the event loop
   */
  RoomWaiters(OutboundQueue queue, Supplier<Future<?>> soon) {
    this.queue = queue;
    this.soon = soon;
  }

  /** Comes to wait. Any thread; whoever calls sees to it that {@link #look} comes afterwards. */
  void add(int frameBytes, Runnable told) {
    newest.updateAndGet(before -> new Waiter(frameBytes, told, before));
  }

  /** Room has been made, perhaps: lets some go that find it. Event loop only. */
  void look() {
    boolean hasCome = newest.get() != null;
    if ((hasCome || mustLook) && queue.hasMuchRoomFor(0)) {
      mayTell = FIRST_TOLD;
      tell();
    }
  }

  /** A moment has passed: those who were told have left room, or have not. Event loop only. */
  void lookAgain() {
    timer = null;
    if (queue.hasMuchRoomFor(0)) {
      mayTell = Math.min(2 * mayTell, MOST_TOLD);
      tell();
    } else {
      mustLook = true;
    }
  }

  private void tell() {
    collect();
    List<Waiter> told = new ArrayList<>(FIRST_TOLD);
    mustLook = false;
    Iterator<Waiter> each = waiting.iterator();
    while (told.size() < mayTell && each.hasNext()) {
      Waiter one = each.next();
      if (queue.hasMuchRoomFor(one.frameBytes)) {
        each.remove();
        told.add(one);
      } else {
        mustLook = true;
      }
    }
    if (told.size() == mayTell && !waiting.isEmpty() && timer == null) {
      timer = soon.get();
    }
    told.forEach(one -> one.told.run());
  }

  /** The end: what all of them are to be told. Event loop only. */
  List<Runnable> end() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
    return takeAll();
  }

  /** The same where no event loop is left, and so no timer; one thread at a time. */
  List<Runnable> takeAll() {
    collect();
    List<Runnable> all = waiting.stream().map(Waiter::told).toList();
    waiting.clear();
    return all;
  }

  private void collect() {
    Waiter oldest = null;
    for (Waiter each = newest.getAndSet(null); each != null; each = each.next) {
      oldest = new Waiter(each.frameBytes, each.told, oldest);
    }
    for (Waiter each = oldest; each != null; each = each.next) {
      waiting.add(each);
    }
  }
}
