package bdk.p2p.budget;

import java.util.concurrent.atomic.AtomicInteger;

/** How many share the budgets of a node: its connections. Any thread. */
public final class Holders {
  private final AtomicInteger count = new AtomicInteger();

  /** One more shares. */
  public void join() {
    count.incrementAndGet();
  }

  /** One that has joined goes. */
  public void leave() {
    count.decrementAndGet();
  }

  int count() {
    return Math.max(1, count.get());
  }
}
