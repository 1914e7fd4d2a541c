package bdk.p2p.simulator.fault;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * What becomes of a {@link Passage}. Immutable.
 *
 * @param outcome whether and how it goes on
 * @param delayNanos what it takes longer, for {@link Outcome#PASS}; not negative
 * @param keptBytes of {@link Outcome#HOLD}, the bytes that still pass; of {@link Outcome#PASS}, the
 *     bytes that are left of it; {@link #ALL} for all
 * @param alteration changes the bytes in place, position to limit
 */
public record Fate(
    Outcome outcome, long delayNanos, int keptBytes, Consumer<ByteBuffer> alteration) {
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
    return new Fate(outcome, 0, ALL, UNCHANGED);
  }

  /** It arrives later by so much, and everything after it in its stream not before it. */
  public static Fate delay(long nanos) {
    return new Fate(Outcome.PASS, nanos, ALL, UNCHANGED);
  }

  /** Its first bytes pass, the others wait like {@link #HOLD}. */
  public static Fate hold(int keptBytes) {
    return new Fate(Outcome.HOLD, 0, keptBytes, UNCHANGED);
  }

  /** Only its first bytes arrive, the others are gone for ever. */
  public static Fate truncate(int keptBytes) {
    return new Fate(Outcome.PASS, 0, keptBytes, UNCHANGED);
  }

  /** It arrives with other bytes. */
  public static Fate alter(Consumer<ByteBuffer> alteration) {
    return new Fate(Outcome.PASS, 0, ALL, alteration);
  }

  /** True if the bytes are not what was sent. */
  public boolean alters() {
    return keptBytes != ALL || alteration != UNCHANGED;
  }

  /** This and then the other: delays add up, and what stops a passage stops it. */
  Fate then(Fate other) {
    if (outcome != Outcome.PASS || other == PASS) {
      return this;
    }
    if (this == PASS || other.outcome != Outcome.PASS) {
      return other;
    }
    return new Fate(
        Outcome.PASS,
        delayNanos + other.delayNanos,
        Math.min(keptBytes, other.keptBytes),
        alteration.andThen(other.alteration));
  }
}
