package bdk.p2p.simulator.world;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The sender's view of how many bytes the receiver still takes. News of more room are on their way
 * for a while; they are looked at when the sender asks, and stand on the agenda only if it waits
 * for them. They are bounded by the window itself. The driver's thread only.
 */
final class Window {
  private record News(long nanos, int byteCount) {}

  private final Timeline timeline;
  private final Life life;
  private final Runnable opened;
  private final Queue<News> underWay = new ArrayDeque<>(2);
  private int room;
  private boolean awaited;
  private boolean planned;

  /**
   * A window that is open by so many bytes.
   *
   * @param opened runs when there is news that the sender waits for
   */
  Window(Timeline timeline, Life life, int byteCount, Runnable opened) {
    this.timeline = timeline;
    this.life = life;
    this.room = byteCount;
    this.opened = opened;
  }

  /** How many bytes it takes now. */
  int room() {
    while (!underWay.isEmpty() && underWay.peek().nanos() <= timeline.now()) {
      room += underWay.remove().byteCount();
    }
    return room;
  }

  /** The sender has sent so many bytes. */
  void take(int byteCount) {
    room -= byteCount;
  }

  /** The sender will hear at an instant, no earlier than before, that so many more fit. */
  void openAt(long nanos, int byteCount) {
    underWay.add(new News(nanos, byteCount));
    plan();
  }

  /** The sender has more than there is room for. */
  void await() {
    awaited = true;
    plan();
  }

  private void plan() {
    if (awaited && !planned && !underWay.isEmpty()) {
      planned = true;
      timeline.at(underWay.peek().nanos(), life, this::open);
    }
  }

  private void open() {
    planned = false;
    awaited = false;
    opened.run();
  }
}
