package bdk.p2p.manager;

import bdk.p2p.budget.TokenBucket;

/**
 * How often something may happen: a steady rate, and how much of it at once. Immutable; any thread.
 *
 * @param perSecond over any long time, 1 to 9,000,000,000
 * @param burst at once after a rest, at least 1
 */
public record Rate(long perSecond, long burst) {
  /**
   * @throws IllegalArgumentException naming the number, its limit and the value
   */
  public Rate {
    if (perSecond < 1 || perSecond > TokenBucket.MOST_PER_SECOND) {
      throw new IllegalArgumentException(
          "perSecond is " + perSecond + ", not within 1 to " + TokenBucket.MOST_PER_SECOND);
    }
    if (burst < 1) {
      throw new IllegalArgumentException("burst is " + burst + ", below the minimum of 1");
    }
  }

  /** {@code 10/s, burst 60}. */
  @Override
  public String toString() {
    return perSecond + "/s, burst " + burst;
  }
}
