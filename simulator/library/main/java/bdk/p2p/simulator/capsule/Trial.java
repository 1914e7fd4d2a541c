package bdk.p2p.simulator.capsule;

/** Tries a case out. The same case always comes to the same verdict. */
@FunctionalInterface
public interface Trial {
  /** Runs it to the first breach or the end. */
  Verdict run(Case one);
}
