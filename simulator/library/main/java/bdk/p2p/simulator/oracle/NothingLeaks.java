package bdk.p2p.simulator.oracle;

import bdk.p2p.simulator.run.RunRecord;

/**
 * When every node has been closed and what was under way has ended, there is nothing left: no open
 * channel, no connection, no timer, no buffer, no thread. Held, with a word about it, on a backend
 * that cannot say.
 */
final class NothingLeaks implements Claim {
  @Override
  public String name() {
    return "nothing-leaks";
  }

  @Override
  public ClaimResult check(RunRecord run) {
    return run.leftovers()
        .map(left -> result(left.isNothing(), "left when all nodes were closed: " + left))
        .orElseGet(() -> result(true, "the backend " + run.backend() + " does not know"));
  }
}
