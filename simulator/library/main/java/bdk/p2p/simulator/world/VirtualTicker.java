package bdk.p2p.simulator.world;

import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;

/** The monotonic clock of every event loop: reads virtual time, and refuses to sleep. */
final class VirtualTicker implements Ticker {
  private final Timeline timeline;

  VirtualTicker(Timeline timeline) {
    this.timeline = timeline;
  }

  @Override
  public long initialNanoTime() {
    return 0;
  }

  @Override
  public long nanoTime() {
    return timeline.now();
  }

  @Override
  public void sleep(long delay, TimeUnit unit) {
    throw new IllegalStateException("nothing may sleep in a virtual world");
  }
}
