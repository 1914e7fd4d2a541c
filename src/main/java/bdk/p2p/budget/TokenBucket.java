package bdk.p2p.budget;

/**
 * A steady rate with a burst: {@code burst} tokens at once, {@code perSecond} over any long time.
 * Guarded by this; two fields whatever the rate, and no clock of its own.
 *
 * <p>The generic cell rate algorithm: each token moves the time up to which the bucket is spoken
 * for by {@code 1 / perSecond}; who would move it further than a burst beyond now is above the
 * rate. Exact: what a token takes is kept with its fraction of a nanosecond, so that no rate drifts
 * however small the steps are.
 */
public final class TokenBucket {
  /** Above it the arithmetic in nanoseconds would overflow. */
  public static final long MOST_PER_SECOND = 9_000_000_000L;

  private static final long SECOND_NANOS = 1_000_000_000L;

  /** A debt of 73 years: no sum of two of these overflows. */
  private static final long MOST_NANOS = Long.MAX_VALUE / 4;

  private final long perSecond;
  private final long burstNanos;
  private final long burstFraction;

  // How far the bucket is spoken for beyond the time below: nanoseconds, and perSecond-ths of one.
  private long aheadNanos;
  private long aheadFraction;
  private long asOfNanos;

  /**
   * A full bucket.
   *
   * @param perSecond tokens that come back each second, 1 to {@value #MOST_PER_SECOND}
   * @param burst tokens of a full bucket, at least 1
   * @throws IllegalArgumentException naming the number, its limit and the value
   */
  public TokenBucket(long perSecond, long burst) {
    if (perSecond < 1 || perSecond > MOST_PER_SECOND) {
      throw new IllegalArgumentException(
          "perSecond is " + perSecond + ", not within 1 to " + MOST_PER_SECOND);
    }
    if (burst < 1) {
      throw new IllegalArgumentException("burst is " + burst + ", below the minimum of 1");
    }
    this.perSecond = perSecond;
    this.burstNanos = wholeNanos(burst, 0);
    this.burstFraction = fraction(burst, 0);
  }

  /**
   * Takes the tokens in any case, if need be as a debt.
   *
   * @param n tokens, at least 0
   * @param nowNanos the time on any steady clock, the same at every call; one that is before an
   *     earlier call's counts as that
   * @return 0, or the nanoseconds until the debt is repaid, rounded up
   */
  public synchronized long take(long n, long nowNanos) {
    settle(nowNanos);
    long nanos = wholeNanos(n, aheadFraction);
    aheadFraction = fraction(n, aheadFraction);
    aheadNanos = Math.min(MOST_NANOS, aheadNanos + nanos);
    return debtNanos(aheadNanos, aheadFraction);
  }

  /**
   * Takes the tokens if the bucket has all of them; else takes none.
   *
   * @param n tokens, at least 0; more than a burst are never there
   * @param nowNanos as in {@link #take}
   */
  public synchronized boolean tryTake(long n, long nowNanos) {
    settle(nowNanos);
    long nanos = Math.min(MOST_NANOS, aheadNanos + wholeNanos(n, aheadFraction));
    long rest = fraction(n, aheadFraction);
    // What no burst reaches must not pass because both were cut off at the same end.
    if (nanos == MOST_NANOS || debtNanos(nanos, rest) > 0) {
      return false;
    }
    aheadNanos = nanos;
    aheadFraction = rest;
    return true;
  }

  /** Time that has passed is paid back; a bucket holds no more than its burst. */
  private void settle(long nowNanos) {
    long passed = nowNanos - asOfNanos;
    if (aheadNanos == 0 && aheadFraction == 0) {
      asOfNanos = nowNanos;
    } else if (passed > 0) {
      asOfNanos = nowNanos;
      aheadNanos -= passed;
      if (aheadNanos < 0) {
        aheadNanos = 0;
        aheadFraction = 0;
      }
    }
  }

  private long debtNanos(long nanos, long rest) {
    long debt = nanos - burstNanos + (rest > burstFraction ? 1 : 0);
    return Math.max(0, debt);
  }

  /** Whole nanoseconds that n tokens and a fraction take, at most {@link #MOST_NANOS}. */
  private long wholeNanos(long n, long rest) {
    long seconds = n / perSecond;
    if (seconds >= MOST_NANOS / SECOND_NANOS) {
      return MOST_NANOS;
    }
    return seconds * SECOND_NANOS + ((n % perSecond) * SECOND_NANOS + rest) / perSecond;
  }

  private long fraction(long n, long rest) {
    return ((n % perSecond) * SECOND_NANOS + rest) % perSecond;
  }
}
