package bdk.p2p.manager;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Filter;
import java.util.logging.Handler;
import java.util.logging.Logger;

/** Counts what anybody in this process logs. Any thread. */
final class LogLines implements AutoCloseable {
  static {
    // The library logs through the platform; only this looks where that goes.
    LogLines.class
        .getModule()
        .addReads(ModuleLayer.boot().findModule("java.logging").orElseThrow());
  }

  private final AtomicInteger count = new AtomicInteger();

  LogLines() {
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      Filter counting =
          line -> {
            count.incrementAndGet();
            return true;
          };
      handler.setFilter(counting);
    }
  }

  /** Lines since the last call. */
  int taken() {
    return count.getAndSet(0);
  }

  @Override
  public void close() {
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      handler.setFilter(null);
    }
  }
}
