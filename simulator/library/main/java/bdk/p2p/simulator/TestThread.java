package bdk.p2p.simulator;

import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A test on a thread of its own, which is given up if it is stuck. No state. */
final class TestThread {
  private TestThread() {}

  static void run(SimulationBuilder description, TestBody test) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    description.stuck(end::completeExceptionally);
    Thread thread = new Thread(() -> runHere(description, test, end), "bdk-p2p-simulation");
    thread.setDaemon(true);
    thread.start();
    try {
      end.get();
    } catch (ExecutionException failed) {
      throw unchecked(failed.getCause());
    } catch (InterruptedException given) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while the test ran", given);
    }
  }

  private static void runHere(
      SimulationBuilder description, TestBody test, CompletableFuture<Void> end) {
    try (Simulation network = description.build()) {
      try {
        test.run(network);
        network.claims().assertHeld();
      } catch (Throwable failure) {
        failure.addSuppressed(new Replay(network));
        throw failure;
      }
      end.complete(null);
    } catch (Throwable failure) {
      end.completeExceptionally(failure);
    }
  }

  private static Error unchecked(Throwable failure) {
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    return failure instanceof Error error ? error : new AssertionError(failure);
  }

  /** Says with which seed it failed, and when; has no stack. */
  private static final class Replay extends AssertionError {
    private static final long serialVersionUID = 1;

    Replay(Simulation network) {
      super(
          String.format(
              Locale.ROOT,
              "seed %d, %.3f s of virtual time",
              network.seed(),
              network.now().toNanos() / 1e9));
      setStackTrace(new StackTraceElement[0]);
    }
  }
}
