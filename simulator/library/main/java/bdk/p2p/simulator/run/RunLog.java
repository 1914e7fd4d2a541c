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
    onDriver(() -> listeners.forEach(listener -> listener.on(event)));
  }

  /** Runs something on the driver's thread, in order with all else. */
  void onDriver(Runnable action) {
    if (closed) {
      return;
    }
    if (Thread.currentThread() == driver) {
      drain();
      action.run();
    } else {
      waiting.add(action);
    }
  }

  /** Passes on what others have told. Driver only. */
  void drain() {
    for (Runnable action = waiting.poll(); action != null; action = waiting.poll()) {
      action.run();
    }
  }
}
