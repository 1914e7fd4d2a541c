package bdk.p2p.simulator.fault;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * What becomes of a {@link Passage}. Immutable.
 *
 * @param outcome whether and how it goes on
 * @param passedBytes how many of its first bytes go on now: {@link #ALL} for {@link Outcome#PASS},
 *     of {@link Outcome#HOLD} those that do not wait
 * @param delayNanos what these take longer; not negative
 * @param keptBytes what is left of these; {@link #ALL} for all
 * @param alteration changes these in place, position to limit
 */
public record Fate(
    Outcome outcome,
    int passedBytes,
    long delayNanos,
    int keptBytes,
    Consumer<ByteBuffer> alteration) {
  /** Nothing is cut off. */
  public static final int ALL = Integer.MAX_VALUE;

  private static final Consumer<ByteBuffer> UNCHANGED = bytes -> {};

  /** It goes on as if nothing were. */
  public static final Fate PASS = of(Outcome.PASS);

  /**
   * It is lost; the sender sends it again after a while, and nothing of the stream overtakes it. A
   * lost reset is not repeated.
   */
  public static final Fate LOSE = of(Outcome.LOSE);

  /** It waits, with all that comes after it in its stream, as long as the rule says so. */
  public static final Fate HOLD = hold(0);

  /** The connection is reset, both ends are told. */
  public static final Fate CUT = of(Outcome.CUT);

  /** A dial is answered with a refusal; anything else is cut. */
  public static final Fate REFUSE = of(Outcome.REFUSE);

  /** How it goes on. */
  public enum Outcome {
    PASS,
    LOSE,
    HOLD,
    CUT,
    REFUSE
  }

  private static Fate of(Outcome outcome) {
    return new Fate(outcome, ALL, 0, ALL, UNCHANGED);
  }

  /** It arrives later by so much, and everything after it in its stream not before it. */
  public static Fate delay(long nanos) {
    return new Fate(Outcome.PASS, ALL, nanos, ALL, UNCHANGED);
  }

  /** Its first bytes pass, the others wait like {@link #HOLD}. */
  public static Fate hold(int passedBytes) {
    return new Fate(Outcome.HOLD, passedBytes, 0, ALL, UNCHANGED);
  }

  /** Only its first bytes arrive, the others are gone for ever. */
  public static Fate truncate(int keptBytes) {
    return new Fate(Outcome.PASS, ALL, 0, keptBytes, UNCHANGED);
  }

  /** It arrives with other bytes. */
  public static Fate alter(Consumer<ByteBuffer> alteration) {
    return new Fate(Outcome.PASS, ALL, 0, ALL, alteration);
  }

  /** True if the bytes are not what was sent. */
  public boolean alters() {
    return keptBytes != ALL || alteration != UNCHANGED;
  }

  /** True if it goes on now, or its first bytes do. */
  boolean isUnderWay() {
    return outcome == Outcome.PASS || outcome == Outcome.HOLD && passedBytes > 0;
  }

  /**
   * This and then, for what goes on, the other: delays add up, and what stops a passage stops it.
   */
  Fate then(Fate other) {
    if (other == PASS || !isUnderWay()) {
      return this;
    }
    if (this == PASS || !other.isUnderWay()) {
      return other;
    }
    return new Fate(
        outcome == Outcome.PASS ? other.outcome : outcome,
        Math.min(passedBytes, other.passedBytes),
        delayNanos + other.delayNanos,
        Math.min(keptBytes, other.keptBytes),
        alteration.andThen(other.alteration));
  }
}
