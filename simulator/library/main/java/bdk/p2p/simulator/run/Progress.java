package bdk.p2p.simulator.run;

import java.time.Duration;

/** Hears once a virtual second how far a run has come. Called on the driver's thread. */
@FunctionalInterface
public interface Progress {
  /**
   * @param virtual how far
   * @param total how far it will go
   * @param sessions connections open now
   * @param published broadcasts published so far
   * @param events network events so far
   */
  void at(Duration virtual, Duration total, int sessions, int published, long events);
}
