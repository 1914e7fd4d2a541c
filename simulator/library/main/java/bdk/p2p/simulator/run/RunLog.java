package bdk.p2p.simulator.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Where the threads of a run meet: what the driver's thread tells is passed on at once, what others
 * tell waits until the driver comes by. Any thread may tell.
 */
final class RunLog {
  private final Thread driver = Thread.currentThread();
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final List<RunListener> listeners = new ArrayList<>();
  private volatile boolean closed;
  // Of the driver.
  private boolean draining;

  /** Tells somebody from now on. Driver only. */
  void listen(RunListener listener) {
    listeners.add(listener);
  }

  /** Tells nobody of what happens from now on. Driver only. */
  void close() {
    drain();
    closed = true;
  }

  /** Something has happened. */
  void tell(RunEvent event) {
    if (entersDriver()) {
      pass(event);
    } else {
      leave(() -> pass(event));
    }
  }

  /** Runs something on the driver's thread, in order with all else. */
  void onDriver(Runnable action) {
    if (entersDriver()) {
      action.run();
    } else {
      leave(action);
    }
  }

  /**
   * True for the driver's thread, which has then passed on what others told: what it is about to
   * tell it may do itself, and need not wrap it up as an action.
   */
  boolean entersDriver() {
    if (Thread.currentThread() != driver) {
      return false;
    }
    drain();
    return true;
  }

  private void leave(Runnable action) {
    if (!closed) {
      waiting.add(action);
    }
  }

  private void pass(RunEvent event) {
    if (!closed) {
      for (RunListener listener : listeners) {
        listener.on(event);
      }
    }
  }

  /**
   * Passes on what others have told, in order; what is told while it does that belongs to the
   * action that is being passed on. Driver only.
   */
  void drain() {
    if (draining) {
      return;
    }
    draining = true;
    try {
      for (Runnable action = waiting.poll(); action != null; action = waiting.poll()) {
        action.run();
      }
    } finally {
      draining = false;
    }
  }
}
