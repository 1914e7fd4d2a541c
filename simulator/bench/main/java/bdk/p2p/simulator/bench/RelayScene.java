package bdk.p2p.simulator.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A line of five: both ends in one process, so that one clock times them, each other by itself. */
final class RelayScene extends Scene {
  private static final int BETWEEN = 3;

  /** What a worker that is told to work so long still answers in time. */
  private static final long LONGEST_WARM_UP_MILLIS = 60_000;

  private final WorkerProcess ends;
  private final List<WorkerProcess> relays = new ArrayList<>();

  RelayScene(BenchCase one, Contender contender, Optional<Keys> keys) throws IOException {
    super(one, contender, keys);
    ends = start("ends", contender);
    Long port = ends.hello().get(0);
    for (int n = 0; n < BETWEEN; n++) {
      WorkerProcess relay = start("relay", contender, port);
      relays.add(relay);
      port = relay.hello().get(0);
    }
    ends.tell("dial " + port);
  }

  /** Each process has a smaller part of the processors than where there are two. */
  @Override
  void warmUp(long millis, int most) throws IOException, InterruptedException {
    super.warmUp(Math.min((BETWEEN + 1) * millis, LONGEST_WARM_UP_MILLIS), most);
  }

  @Override
  Window measure(long millis) throws IOException {
    long before = made();
    List<Long> said = ends.tell("request %d %d %d".formatted(one.bytes(), one.width(), millis));
    return RequestScene.answered(said, made() - before);
  }

  private long made() throws IOException {
    long sum = 0;
    for (WorkerProcess relay : relays) {
      sum += relay.tell("made").get(0);
    }
    return sum;
  }
}
