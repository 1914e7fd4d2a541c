package bdk.p2p.environment;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;

/**
 * Has an event loop that has nothing to do look at its sockets a few times more before it sleeps,
 * where that {@linkplain Patience pays}. While it does so, whoever hands a task in need not wake
 * it. Of one event loop.
 */
final class EagerSelect implements SelectStrategy {
  private static final int LOOKS = 20;

  private final Patience patience = new Patience();
  // Since it had something to do.
  private int looks;

  @Override
  public int calculateStrategy(IntSupplier sockets, boolean hasTasks) throws Exception {
    if (hasTasks) {
      found();
      return sockets.get();
    }
    if (looks == 0 && !patience.isWorthwhile()) {
      return SELECT;
    }
    if (looks == LOOKS) {
      patience.wasInVain();
      looks = 0;
      return SELECT;
    }
    int ready = sockets.get();
    if (ready > 0) {
      found();
    } else {
      looks++;
      Thread.yield();
    }
    return ready;
  }

  private void found() {
    if (looks > 0) {
      patience.hasPaid();
      looks = 0;
    }
  }
}
