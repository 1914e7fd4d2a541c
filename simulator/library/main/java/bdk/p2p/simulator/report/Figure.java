package bdk.p2p.simulator.report;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One figure of two reports.
 *
 * @param name what it is
 * @param a of the first report; empty if it has none
 * @param b of the second
 * @param decimals digits to show behind the point
 * @param worse which way is worse
 * @param floor a difference of at most so much is noise
 */
public record Figure(
    String name, OptionalDouble a, OptionalDouble b, int decimals, Worse worse, double floor) {
  private static final double ROUNDING_PERCENT = 1e-9;

  /** Which way is worse. */
  public enum Worse {
    MORE,
    LESS,
    /** Shown only. */
    NEITHER
  }

  /** The difference from a to b in per cent of a; infinite from nothing to something. */
  public OptionalDouble percent() {
    if (a.isEmpty() || b.isEmpty()) {
      return OptionalDouble.empty();
    }
    double difference = b.getAsDouble() - a.getAsDouble();
    if (difference == 0) {
      return OptionalDouble.of(0);
    }
    return OptionalDouble.of(100 * difference / Math.abs(a.getAsDouble()));
  }

  /** True if b is worse than a by more than so much; also if only a has the figure. */
  public boolean isWorse(double thresholdPercent) {
    if (worse == Worse.NEITHER || a.isEmpty()) {
      return false;
    }
    if (b.isEmpty()) {
      return true;
    }
    double sign = worse == Worse.MORE ? 1 : -1;
    double difference = sign * (b.getAsDouble() - a.getAsDouble());
    return difference > floor
        && sign * percent().getAsDouble() > thresholdPercent + ROUNDING_PERCENT;
  }

  /** The difference for people. */
  public String difference() {
    if (percent().isEmpty()) {
      return a.isEmpty() ? "only in B" : "only in A";
    }
    double percent = percent().getAsDouble();
    return Double.isInfinite(percent)
        ? (percent > 0 ? "from nothing" : "below nothing")
        : String.format(Locale.ROOT, "%+.1f %%", percent);
  }

  /** One of the two values for people. */
  public String shown(OptionalDouble value) {
    return value.isPresent()
        ? String.format(Locale.ROOT, "%,." + decimals + "f", value.getAsDouble())
        : "-";
  }
}
