package bdk.p2p.simulator.fault;

/** What has a rate and one place to wait in front of it, first come, first served. */
final class Fifo {
  private final long bitsPerSecond;
  private long freeAtNanos;

  /** The rate 0 means unlimited. */
  Fifo(long bitsPerSecond) {
    this.bitsPerSecond = bitsPerSecond;
  }

  /** True if something that comes at this instant has to wait for what came before. */
  boolean isBusy(long nanos) {
    return freeAtNanos > nanos;
  }

  /** Lines bytes up that come at an instant; returns when the last of them has passed. */
  long pass(long nanos, int byteCount) {
    if (bitsPerSecond == 0) {
      return nanos;
    }
    freeAtNanos = Math.max(nanos, freeAtNanos) + (long) (byteCount * 8e9 / bitsPerSecond);
    return freeAtNanos;
  }
}
