package bdk.p2p.simulator.world;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** The wall clock of a virtual world: a fixed epoch plus virtual time. */
final class VirtualClock extends Clock {
  private final Timeline timeline;
  private final Instant epoch;
  private final ZoneId zone;

  VirtualClock(Timeline timeline, Instant epoch, ZoneId zone) {
    this.timeline = timeline;
    this.epoch = epoch;
    this.zone = zone;
  }

  @Override
  public Instant instant() {
    return epoch.plusNanos(timeline.now());
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new VirtualClock(timeline, epoch, other);
  }
}
