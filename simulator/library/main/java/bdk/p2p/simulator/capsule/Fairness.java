package bdk.p2p.simulator.capsule;

import bdk.p2p.simulator.scenario.Scenario;
import java.time.Duration;

/**
 * Times that a run needs, so that a claim does not break merely because there was no time to keep
 * it: what is cut shorter shows another bug than the one that was found, or none.
 *
 * @param warmUp in which nodes find each other
 * @param settling from the end of the work, and of the last fault, to the end of the run
 */
public record Fairness(Duration warmUp, Duration settling) {
  /** 15 s to find each other; 30 s to settle, or as long as a broadcast may take. */
  public static Fairness of(Scenario scenario) {
    Duration settling = Duration.ofSeconds(30);
    Duration delivered = scenario.bounds().deliveredWithin().orElse(settling);
    return new Fairness(
        Duration.ofSeconds(15), delivered.compareTo(settling) > 0 ? delivered : settling);
  }
}
