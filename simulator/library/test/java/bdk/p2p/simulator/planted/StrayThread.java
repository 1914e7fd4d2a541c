package bdk.p2p.simulator.planted;

import bdk.p2p.environment.Environment;
import bdk.p2p.simulator.run.NodeHook;
import bdk.p2p.simulator.run.SimulatedNode;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A thread that outlives the run, though not for long. */
final class StrayThread implements NodeHook {
  private static final long OUTLIVES_SECONDS = 60;

  @Override
  public Environment environment(SimulatedNode node, Environment real) {
    if (node.id().equals(SmallNetwork.STRUCK)) {
      start();
    }
    return real;
  }

  static void start() {
    Thread stray = new Thread(StrayThread::linger, "stray");
    stray.setDaemon(true);
    stray.start();
  }

  private static void linger() {
    try {
      new CountDownLatch(1).await(OUTLIVES_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
    }
  }
}
