package bdk.p2p.simulator;

import bdk.p2p.simulator.run.OpenRun;

/** One occurrence of a fault. The simulation's thread only. */
public final class Strike {
  private final Simulation network;
  private final OpenRun.Disturbance disturbance;

  Strike(Simulation network, OpenRun.Disturbance disturbance) {
    this.network = network;
    this.disturbance = disturbance;
  }

  /** True from its beginning to its end. */
  public boolean isOn() {
    return disturbance.isOn();
  }

  /** How often it has done something to somebody: a test of a fault that never bit is none. */
  public long bites() {
    return disturbance.bit();
  }

  /** Ends it before its time; one that has not begun never will. Does nothing a second time. */
  public void end() {
    network.control("end a fault");
    disturbance.end();
  }
}
