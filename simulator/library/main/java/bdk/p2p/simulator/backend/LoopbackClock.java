package bdk.p2p.simulator.backend;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.Supplier;

/** The system's wall clock, and how wrong it is. Any thread. */
final class LoopbackClock extends Clock {
  private final ZoneId zone;
  private final Supplier<Duration> skew;

  LoopbackClock(ZoneId zone, Supplier<Duration> skew) {
    this.zone = zone;
    this.skew = skew;
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(skew.get());
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new LoopbackClock(other, skew);
  }
}
