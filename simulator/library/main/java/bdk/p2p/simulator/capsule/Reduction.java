package bdk.p2p.simulator.capsule;

import bdk.p2p.simulator.scenario.Capsule;
import java.util.List;

/** One way to make a case smaller; every candidate is strictly smaller than the case. No state. */
@FunctionalInterface
interface Reduction {
  /**
   * What might do as well.
   *
   * @param breach what the case breaks, and when
   * @return the boldest first; they need not be valid
   */
  List<Case> candidates(Case one, Capsule.Breach breach);
}
