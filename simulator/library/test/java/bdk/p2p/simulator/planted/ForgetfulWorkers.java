package bdk.p2p.simulator.planted;

import bdk.p2p.environment.Environment;
import java.util.concurrent.Executor;

/** Workers that lose the task by which a request's future completes, once the workload runs. */
final class ForgetfulWorkers extends DelegatingEnvironment {
  private static final String COMPLETION = ".RequestFuture$";

  ForgetfulWorkers(Environment real) {
    super(real);
  }

  @Override
  public Executor workers() {
    Executor real = super.workers();
    return task -> {
      boolean isLost =
          task.getClass().getName().contains(COMPLETION)
              && nanoTime() > SmallNetwork.WARM_UP.toNanos();
      if (!isLost) {
        real.execute(task);
      }
    };
  }
}
