package bdk.p2p.manager;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Blocking in handlers, with a bound. */
final class Latches {
  private Latches() {}

  /** Waits for the latch; an interrupt or the bound ends the wait, too. */
  static void await(CountDownLatch latch) {
    try {
      latch.await(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }
}
