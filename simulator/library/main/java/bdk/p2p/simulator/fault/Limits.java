package bdk.p2p.simulator.fault;

import java.time.Duration;

/** Checks the figures of faults, which users may build in Java. No state. */
final class Limits {
  /** The longest span of virtual time that a figure may name. */
  static final Duration HOUR = Duration.ofHours(1);

  /** The least part of many that a figure may name. */
  static final double LEAST_RATE = 0.000_001;

  private Limits() {}

  /**
   * @throws IllegalArgumentException naming the place, the limits and the value
   */
  static void within(String place, Duration least, Duration most, Duration value) {
    require(value.compareTo(least) >= 0 && value.compareTo(most) <= 0, place, least, most, value);
  }

  /**
   * @throws IllegalArgumentException naming the place, the limits and the value
   */
  static void within(String place, long least, long most, long value) {
    require(value >= least && value <= most, place, least, most, value);
  }

  /**
   * @throws IllegalArgumentException naming the place, the limits and the value
   */
  static void within(String place, double least, double most, double value) {
    require(value >= least && value <= most, place, least, most, value);
  }

  private static void require(
      boolean condition, String place, Object least, Object most, Object value) {
    if (!condition) {
      throw new IllegalArgumentException(
          place + " is " + value + ", expected " + least + " to " + most);
    }
  }
}
