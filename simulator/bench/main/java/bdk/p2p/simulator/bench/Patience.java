package bdk.p2p.simulator.bench;

import java.util.concurrent.locks.LockSupport;

/**
 * How a sender waits for room in a queue: twice as long each time that there is none, half as long
 * once there was some again. Dozens of senders that only ask would leave no processor to who
 * empties it. For one thread.
 */
final class Patience {
  private static final long LEAST_NANOS = 20_000;
  private static final long MOST_NANOS = 5_000_000;

  private long nanos = LEAST_NANOS;
  private boolean waited;

  /** There was room. */
  void taken() {
    if (waited) {
      waited = false;
      nanos = Math.max(nanos / 2, LEAST_NANOS);
    }
  }

  /** There was none: waits. */
  void full() {
    LockSupport.parkNanos(nanos);
    nanos = Math.min(2 * nanos, MOST_NANOS);
    waited = true;
  }
}
