package bdk.p2p.simulator;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * A claim that did not hold.
 *
 * @param claim its name
 * @param at when it was noticed, in virtual time
 * @param detail what was wrong
 * @param cause what was thrown, if anything was
 */
public record Breach(String claim, Duration at, String detail, Optional<Throwable> cause) {
  /** {@code claim 'one winner' broke at 12.500 s: two winners}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "claim '%s' broke at %.3f s: %s", claim, at.toNanos() / 1e9, detail);
  }
}
