package bdk.p2p.simulator.run;

/** Judges a run while it goes on. Driver's thread only. */
public interface Judge extends RunListener {
  /** How many claims are broken so far. */
  int breachCount();
}
