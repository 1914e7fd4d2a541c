package bdk.p2p.simulator;

/** A whole test: makes nodes, lets time pass, asserts. */
@FunctionalInterface
public interface TestBody {
  /** Called once, on the thread that the simulation belongs to. */
  void run(Simulation network) throws Exception;
}
