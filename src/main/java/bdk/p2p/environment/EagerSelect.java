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
  // Of the looks since it had something to do, if there were any.
  private boolean looksAgain;
  private long endNanos;

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
    if (looksAgain && nanoTime.getAsLong() - endNanos >= 0) {
      patience.wasInVain();
      looksAgain = false;
      return SELECT;
    }
    if (!looksAgain) {
      if (!patience.isWorthwhile()) {
        return SELECT;
      }
      looksAgain = true;
      endNanos = nanoTime.getAsLong() + Patience.NANOS;
    }
    int ready = sockets.get();
    if (ready > 0) {
      found();
    } else {
      Thread.yield();
    }
    return ready;
  }

  private void found() {
    if (looksAgain) {
      patience.hasPaid();
      looksAgain = false;
    }
  }
}
