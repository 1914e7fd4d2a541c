package bdk.p2p.simulator.world;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.Supplier;

/** A wall clock of a virtual world: a fixed epoch plus virtual time, and how wrong the clock is. */
final class VirtualClock extends Clock {
  private final Timeline timeline;
  private final Instant epoch;
  private final ZoneId zone;
  private final Supplier<Duration> skew;

  VirtualClock(Timeline timeline, Instant epoch, ZoneId zone, Supplier<Duration> skew) {
    this.timeline = timeline;
    this.epoch = epoch;
    this.zone = zone;
    this.skew = skew;
  }

  @Override
  public Instant instant() {
    return epoch.plusNanos(timeline.now()).plus(skew.get());
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new VirtualClock(timeline, epoch, other, skew);
  }
}
