package bdk.p2p.simulator.scenario;

import bdk.p2p.simulator.fault.DrawnFault;
import java.time.Duration;
import java.util.List;

/**
 * A run that broke a claim, with all that it takes to run it again, to the bit. Immutable.
 *
 * @param simulator the version that wrote it
 * @param java the version of the JVM that ran it
 * @param scenario what was run
 * @param seed with which seed
 * @param schedule its faults as they were drawn
 * @param breach what broke
 * @param digest of the run's trace until then, in hex; empty if there is none
 */
public record Capsule(
    String simulator,
    String java,
    Scenario scenario,
    long seed,
    List<DrawnFault> schedule,
    Breach breach,
    String digest) {
  /** Copies the list. */
  public Capsule {
    schedule = List.copyOf(schedule);
  }

  /**
   * What broke.
   *
   * @param claim the name of the claim
   * @param atNanos when, in the run's time
   * @param isAtEnd true if it was found when the run was over, false if in the midst of it
   * @param detail the evidence
   */
  public record Breach(String claim, long atNanos, boolean isAtEnd, String detail) {
    /** True if it is the same claim, found in the same way. */
    public boolean isLike(Breach other) {
      return claim.equals(other.claim) && isAtEnd == other.isAtEnd;
    }

    @Override
    public String toString() {
      return "%s at %s%s: %s"
          .formatted(
              claim,
              YamlText.of(Duration.ofNanos(atNanos)),
              isAtEnd ? ", the end of the run" : "",
              detail);
    }
  }
}
