package bdk.p2p.simulator.world;

import java.time.Instant;

/**
 * What holds for a whole world.
 *
 * @param epoch the wall-clock time at virtual time 0
 * @param latency between each ordered pair of hosts
 * @param pairLimit between each ordered pair of hosts
 * @param windowBytes the bytes of one direction of a connection that may be under way or unread
 * @param segmentBytes the largest segment, at most 1 MiB
 */
public record WorldOptions(
    Instant epoch, Latency latency, PairLimit pairLimit, int windowBytes, int segmentBytes) {
  private static final int SEGMENT_LIMIT_BYTES = 1 << 20;

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if the window or the segments are empty, or the segments
   *     exceed 1 MiB
   */
  public WorldOptions {
    if (windowBytes < 1 || segmentBytes < 1 || segmentBytes > SEGMENT_LIMIT_BYTES) {
      throw new IllegalArgumentException(
          "a window of %d and segments of %d bytes".formatted(windowBytes, segmentBytes));
    }
  }

  /** 2026, 20 ms between any two hosts, no pair limit, 256 KiB windows, segments up to 16 KiB. */
  public static WorldOptions defaults() {
    return new WorldOptions(
        Instant.parse("2026-01-01T00:00:00Z"),
        Latency.fixed(20_000_000),
        PairLimit.NONE,
        256 * 1024,
        16 * 1024);
  }

  public WorldOptions withEpoch(Instant other) {
    return new WorldOptions(other, latency, pairLimit, windowBytes, segmentBytes);
  }

  public WorldOptions withLatency(Latency other) {
    return new WorldOptions(epoch, other, pairLimit, windowBytes, segmentBytes);
  }

  public WorldOptions withPairLimit(PairLimit other) {
    return new WorldOptions(epoch, latency, other, windowBytes, segmentBytes);
  }

  public WorldOptions withWindowBytes(int other) {
    return new WorldOptions(epoch, latency, pairLimit, other, segmentBytes);
  }

  public WorldOptions withSegmentBytes(int other) {
    return new WorldOptions(epoch, latency, pairLimit, windowBytes, other);
  }
}
