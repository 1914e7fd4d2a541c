package bdk.p2p.simulator.world;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The workers of one node process: each task runs at the instant at which it was submitted, in
 * order of submission, outside every event loop.
 */
final class VirtualWorkers implements Executor {
  private final Timeline timeline;
  private final Life life;
  private int pendingCount;
  private boolean shutDown;

  VirtualWorkers(Timeline timeline, Life life) {
    this.timeline = timeline;
    this.life = life;
  }

  @Override
  public void execute(Runnable task) {
    Objects.requireNonNull(task, "task");
    timeline.assertDriver();
    if (shutDown) {
      throw new RejectedExecutionException("the workers of " + life.name() + " have ended");
    }
    pendingCount++;
    timeline.soon(life, () -> run(task));
  }

  int pendingCount() {
    return pendingCount;
  }

  void shutDown() {
    shutDown = true;
  }

  private void run(Runnable task) {
    pendingCount--;
    task.run();
  }
}
