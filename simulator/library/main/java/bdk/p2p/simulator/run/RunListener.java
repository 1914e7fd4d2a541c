package bdk.p2p.simulator.run;

/** Hears of everything that happens in a run, on the driver's thread, in order. */
@FunctionalInterface
public interface RunListener {
  /** Something has happened. */
  void on(RunEvent event);
}
