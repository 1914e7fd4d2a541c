package bdk.p2p.simulator.run;

import java.time.Duration;

/** Hears once a virtual second how far a run has come. Called on the driver's thread. */
@FunctionalInterface
public interface Progress {
  /** Once a second of the run's time. */
  void at(Status status);

  /**
   * How far it is.
   *
   * @param now time of the run
   * @param total how far it will go
   * @param sessions sessions open now
   * @param published broadcasts published so far
   * @param events network events so far
   * @param breaches claims broken so far
   * @param faultsOn faults that are on now
   */
  record Status(
      Duration now,
      Duration total,
      int sessions,
      int published,
      long events,
      int breaches,
      int faultsOn) {}
}
