package bdk.p2p.simulator;

import java.time.Duration;

/** Spans of virtual time as callers give them. No state. */
final class Spans {
  private Spans() {}

  /**
   * Takes what may be zero or more.
   *
   * @param place what the caller has called, for the message
   */
  static Duration notNegative(String place, Duration span) {
    if (span.isNegative()) {
      throw new IllegalArgumentException(
          place + ": a span of " + span + " is below the minimum of " + Duration.ZERO);
    }
    return span;
  }

  /** The instant that lies a span after another; what is too far away is the end of time. */
  static long after(long nanos, Duration span) {
    long sum = nanos + Math.max(0, nanos(span));
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  private static long nanos(Duration span) {
    try {
      return span.toNanos();
    } catch (ArithmeticException longerThanTime) {
      return span.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }
}
