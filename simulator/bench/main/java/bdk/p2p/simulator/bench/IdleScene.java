package bdk.p2p.simulator.bench;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Sessions that are taken in by a process with little memory, and then do nothing. */
final class IdleScene extends Scene {
  /** What 10,000 sessions must find room in. */
  private static final String HEAP = "256m";

  /** What a process needs for its first sessions only is not counted. */
  private static final int FIRST_SESSIONS = 10;

  IdleScene(BenchCase one, Contender contender, Optional<Keys> keys) {
    super(one, contender, keys);
  }

  @Override
  void warmUp(long millis, int most) {
    // Each window has a process of its own.
  }

  @Override
  Window measure(long millis) throws IOException {
    WorkerProcess responder = startWith(HEAP, "respond", contender, FIRST_SESSIONS + one.width());
    Long port = responder.hello().get(0);
    WorkerProcess first = start("receive", contender, port, FIRST_SESSIONS, 0);
    List<Long> before = responder.tell("memory " + FIRST_SESSIONS);
    WorkerProcess others = start("receive", contender, port, one.width(), FIRST_SESSIONS);
    List<Long> after = responder.tell("memory " + (FIRST_SESSIONS + one.width()));
    end(others);
    end(first);
    end(responder);
    return Window.of(one.width(), others.hello().get(0))
        .withMemory(
            (double) (after.get(0) - before.get(0)) / one.width(),
            (double) (after.get(1) - before.get(1)) / one.width());
  }
}
