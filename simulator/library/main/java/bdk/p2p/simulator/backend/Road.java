package bdk.p2p.simulator.backend;

import bdk.p2p.simulator.fault.Fate;
import bdk.p2p.simulator.fault.Passage;
import bdk.p2p.simulator.fault.RuleBook;
import bdk.p2p.simulator.world.Losses;
import bdk.p2p.simulator.world.SerialLink;
import java.util.random.RandomGenerator;

/**
 * The way from one machine to another: how long it is, how wide, and what the rules say about it.
 * Any thread; a link is guarded by itself, because many roads share it.
 */
final class Road {
  private static final SerialLink WIDE = new SerialLink(0);

  private final int from;
  private final int to;
  private final RuleBook rules;
  private final long leastNanos;
  private final long mostJitterNanos;
  private final SerialLink upload;
  private final SerialLink between;
  private final SerialLink download;

  Road(LoopbackMachine from, LoopbackMachine to, RuleBook rules, Distances distances) {
    this.from = from.index();
    this.to = to.index();
    this.rules = rules;
    this.leastNanos = (long) (distances.latencyMillis(this.from, this.to) * 1e6);
    this.mostJitterNanos = (long) (leastNanos * distances.jitter());
    this.upload = from.upload();
    this.between = new SerialLink(distances.bitsPerSecond(this.from, this.to));
    this.download = to.download();
  }

  private Road() {
    this.from = -1;
    this.to = -1;
    this.rules = new RuleBook();
    this.leastNanos = 0;
    this.mostJitterNanos = 0;
    this.upload = WIDE;
    this.between = WIDE;
    this.download = WIDE;
  }

  /** To or from somebody who is none of the run's machines. */
  static Road foreign() {
    return new Road();
  }

  /** True if nothing on it takes any time, and no rule is in force. */
  boolean isFree() {
    return leastNanos == 0
        && upload.bitsPerSecond() == 0
        && between.bitsPerSecond() == 0
        && download.bitsPerSecond() == 0
        && rules.isEmpty();
  }

  /** What the rules make of something that is about to leave, and has never been held. */
  Fate judge(Passage.Kind kind, long connection, int byteCount, long nowNanos, Losses losses) {
    return judge(kind, connection, byteCount, nowNanos, losses, false);
  }

  /** What the rules make of something that is about to leave. */
  Fate judge(
      Passage.Kind kind,
      long connection,
      int byteCount,
      long nowNanos,
      Losses losses,
      boolean held) {
    return rules.isEmpty()
        ? Fate.PASS
        : rules.judge(
            new Passage(
                kind,
                from,
                to,
                connection,
                byteCount,
                nowNanos,
                losses.count(),
                losses.stalledNanos(nowNanos),
                held));
  }

  /** When bytes that are handed over at an instant have left the sender. */
  long leave(long nanos, int byteCount) {
    return reserve(upload, nanos, byteCount);
  }

  /** When bytes that left at an instant have crossed, each time with another jitter. */
  long cross(long nanos, int byteCount, RandomGenerator random) {
    return reserve(between, nanos, byteCount) + latencyNanos(random);
  }

  /** When bytes that have crossed at an instant are in. */
  long land(long nanos, int byteCount) {
    return reserve(download, nanos, byteCount);
  }

  /** How long something without bytes takes. */
  long latencyNanos(RandomGenerator random) {
    return leastNanos + (mostJitterNanos == 0 ? 0 : random.nextLong(mostJitterNanos + 1));
  }

  private static long reserve(SerialLink link, long nanos, int byteCount) {
    if (link.bitsPerSecond() == 0) {
      return nanos;
    }
    synchronized (link) {
      return link.reserve(nanos, byteCount);
    }
  }
}
