package bdk.p2p.environment;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Has an event loop that has nothing to do look at its sockets a few times more before it sleeps,
 * where that {@linkplain Patience pays}. While it does so, whoever hands a task in need not wake
 * it. Of one event loop.
 */
final class EagerSelect implements SelectStrategy {
  private final Patience patience = new Patience();
  private final LongSupplier nanoTime;
  // Since it had something to do; 0 if it does not look again.
  private int looks;
  private long startNanos;

  EagerSelect() {
    this(System::nanoTime);
  }

  EagerSelect(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public int calculateStrategy(IntSupplier sockets, boolean hasTasks) throws Exception {
    if (hasTasks) {
      found();
      return sockets.get();
    }
    if (looks == 0) {
      if (!patience.isWorthwhile()) {
        return SELECT;
      }
      startNanos = nanoTime.getAsLong();
    } else if (Patience.isOver(looks, nanoTime.getAsLong() - startNanos)) {
      patience.foundNothing();
      looks = 0;
      return SELECT;
    }
    looks++;
    int ready = sockets.get();
    if (ready > 0) {
      found();
    } else {
      Thread.yield();
    }
    return ready;
  }

  private void found() {
    if (looks > 0) {
      patience.found(nanoTime.getAsLong() - startNanos);
      looks = 0;
    }
  }
}
