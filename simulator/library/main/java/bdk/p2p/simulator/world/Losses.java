package bdk.p2p.simulator.world;

/** How often the same thing was lost, and how long a sender waits before it tries again. */
public final class Losses {
  /** Nothing was lost; for what is never repeated. */
  public static final Losses NONE = new Losses(0, 0, 0);

  private final long firstPauseNanos;
  private final long longestPauseNanos;
  private final int limit;
  private int count;
  private long sinceNanos;

  /**
   * @param firstPauseNanos before the first repetition; each pause is twice the one before
   * @param longestPauseNanos the bound of that
   * @param limit repetitions after which the sender gives up
   */
  Losses(long firstPauseNanos, long longestPauseNanos, int limit) {
    this.firstPauseNanos = firstPauseNanos;
    this.longestPauseNanos = longestPauseNanos;
    this.limit = limit;
  }

  /** Like a TCP sender with data: from 200 ms on, at most 120 s, 15 times. */
  public static Losses ofData() {
    return new Losses(200_000_000, 120_000_000_000L, 15);
  }

  /** Like a TCP sender that dials: after 1 s, 3 s, 7 s and so on; its own time-out ends it. */
  public static Losses ofDial() {
    return new Losses(1_000_000_000, 64_000_000_000L, Integer.MAX_VALUE);
  }

  /** How often, until now. */
  public int count() {
    return count;
  }

  /** The time since it was lost first; 0 if it was not. */
  public long stalledNanos(long nowNanos) {
    return count == 0 ? 0 : nowNanos - sinceNanos;
  }

  /** It was lost once more; the pause before the next try. */
  public long pauseAfterLoss(long nowNanos) {
    if (count == 0) {
      sinceNanos = nowNanos;
    }
    int doublings = Math.min(count, 30);
    count++;
    return Math.min(longestPauseNanos, firstPauseNanos << doublings);
  }

  /** True if the sender gives up. */
  public boolean areTooMany() {
    return count > limit;
  }

  /** It got through. */
  public void clear() {
    count = 0;
  }
}
