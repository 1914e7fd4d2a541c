package bdk.p2p.simulator.bench;

import java.io.IOException;
import java.util.Optional;

/** A process that starts, connects to one that is there, and ends, again and again. */
final class StartScene extends Scene {
  private final WorkerProcess responder;

  StartScene(BenchCase one, Contender contender, Optional<Keys> keys) throws IOException {
    super(one, contender, keys);
    responder = start("respond", contender, 1);
  }

  @Override
  Window measure(long millis) throws IOException {
    long start = System.nanoTime();
    WorkerProcess driver = start("drive", contender, responder.hello().get(0));
    long nanos = System.nanoTime() - start;
    end(driver);
    return Window.of(1, nanos);
  }
}
