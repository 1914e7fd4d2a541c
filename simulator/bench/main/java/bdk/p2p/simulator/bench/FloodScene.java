package bdk.p2p.simulator.bench;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** As many one-way messages as are taken, from one process to another. */
final class FloodScene extends Scene {
  /** From the beginning of a flood until it is measured: queues fill meanwhile. */
  private static final long SETTLING_MILLIS = 200;

  /**
   * As much may be direct: hundreds of sessions under TLS keep half-received records there, and
   * what is encrypted and not sent.
   */
  private static final String HEAP = "3g";

  private final WorkerProcess loader;
  private final WorkerProcess counter;

  FloodScene(BenchCase one, Contender contender, Optional<Keys> keys) throws IOException {
    super(one, contender, keys);
    if (one.kind() == BenchCase.Kind.FAN_OUT || one.kind() == BenchCase.Kind.SPREAD) {
      loader = startWith(HEAP, "send", contender, one.width());
      counter = startWith(HEAP, "receive", contender, loader.hello().get(0), one.width(), 0);
    } else {
      counter = start("respond", contender, 1);
      loader = start("drive", contender, counter.hello().get(0));
    }
  }

  @Override
  Window measure(long millis) throws IOException, InterruptedException {
    String order = one.kind() == BenchCase.Kind.SPREAD ? "spread" : "flood";
    loader.tell("%s %d %d".formatted(order, one.bytes(), one.producers()));
    Thread.sleep(SETTLING_MILLIS);
    long madeBefore = loader.tell("made").get(0) + counter.tell("made").get(0);
    List<Long> before = counter.tell("count");
    Thread.sleep(millis);
    List<Long> after = counter.tell("count");
    long made = loader.tell("made").get(0) + counter.tell("made").get(0) - madeBefore;
    loader.tell("stop");
    awaitQuiet();
    return Window.of(after.get(0) - before.get(0), after.get(1) - before.get(1), made);
  }

  /** What is still under way must not be at the cost of the next contender. */
  private void awaitQuiet() throws IOException, InterruptedException {
    long last = -1;
    long now = counter.tell("count").get(0);
    while (now != last) {
      Thread.sleep(SETTLING_MILLIS / 4);
      last = now;
      now = counter.tell("count").get(0);
    }
  }
}
