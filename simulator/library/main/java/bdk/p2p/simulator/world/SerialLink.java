package bdk.p2p.simulator.world;

/**
 * A resource that passes one segment after the other, in the order in which they come: a host's
 * upload, its download, or the way between two hosts.
 */
public final class SerialLink {
  private static final long BIT_NANOS_PER_BYTE_SECOND = 8_000_000_000L;

  private final long bitsPerSecond;
  private long freeAtNanos;

  /** The rate 0 means unlimited. */
  public SerialLink(long bitsPerSecond) {
    if (bitsPerSecond < 0) {
      throw new IllegalArgumentException("a link of " + bitsPerSecond + " bits per second");
    }
    this.bitsPerSecond = bitsPerSecond;
  }

  /** 0 means unlimited. */
  public long bitsPerSecond() {
    return bitsPerSecond;
  }

  /** Takes the link for a segment as soon as it is free; returns when the last bit has passed. */
  public long reserve(long nowNanos, int bytes) {
    if (bitsPerSecond == 0 || bytes == 0) {
      return nowNanos;
    }
    long passing = (bytes * BIT_NANOS_PER_BYTE_SECOND + bitsPerSecond - 1) / bitsPerSecond;
    freeAtNanos = Math.max(nowNanos, freeAtNanos) + passing;
    return freeAtNanos;
  }
}
