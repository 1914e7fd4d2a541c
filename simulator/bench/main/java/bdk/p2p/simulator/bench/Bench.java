package bdk.p2p.simulator.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Measures a case: two processes for each contender, which stay; a warm-up; then rounds in which
 * each contender has one window, while the others rest. For one thread.
 *
 * @param rounds how many windows each contender has
 * @param windowMillis how long a window is
 * @param warmUpMillis how long each contender works before the first round
 */
record Bench(int rounds, long windowMillis, long warmUpMillis) {
  /** From the beginning of a flood until it is measured. */
  private static final long SETTLING_MILLIS = 200;

  private record Pair(WorkerProcess responder, WorkerProcess driver) {}

  BenchResult run(BenchCase one) throws IOException, InterruptedException {
    List<WorkerProcess> processes = new ArrayList<>();
    try {
      Map<Contender, Pair> pairs = new EnumMap<>(Contender.class);
      for (Contender contender : Contender.values()) {
        pairs.put(contender, start(one, contender, processes));
      }
      Map<Contender, List<Window>> seen = new EnumMap<>(Contender.class);
      for (Contender contender : Contender.values()) {
        measure(one, pairs.get(contender), warmUpMillis);
        seen.put(contender, new ArrayList<>());
      }
      for (int round = 0; round < rounds; round++) {
        for (Contender contender : Contender.values()) {
          seen.get(contender).add(measure(one, pairs.get(contender), windowMillis));
        }
      }
      return BenchResult.of(one, seen);
    } finally {
      processes.forEach(WorkerProcess::close);
    }
  }

  private static Pair start(BenchCase one, Contender contender, List<WorkerProcess> processes)
      throws IOException {
    WorkerProcess responder = new WorkerProcess(List.of("respond", contender.shown()));
    processes.add(responder);
    WorkerProcess driver =
        new WorkerProcess(
            List.of(
                "drive",
                contender.shown(),
                responder.hello().get(0).toString(),
                Integer.toString(one.bytes()),
                Integer.toString(one.outstanding())));
    processes.add(driver);
    return new Pair(responder, driver);
  }

  private static Window measure(BenchCase one, Pair pair, long millis)
      throws IOException, InterruptedException {
    if (one.kind() == BenchCase.Kind.REQUEST) {
      List<Long> said = pair.driver().tell("request " + millis);
      return Window.of(said.get(0), said.get(1), said.get(2), said.get(3), said.get(4));
    }
    pair.driver().tell("flood");
    Thread.sleep(SETTLING_MILLIS);
    List<Long> before = pair.responder().tell("count");
    Thread.sleep(millis);
    List<Long> after = pair.responder().tell("count");
    pair.driver().tell("stop");
    awaitQuiet(pair.responder());
    return Window.of(after.get(0) - before.get(0), after.get(1) - before.get(1));
  }

  /** What is still under way must not be at the cost of the next contender. */
  private static void awaitQuiet(WorkerProcess responder) throws IOException, InterruptedException {
    long last = -1;
    long now = responder.tell("count").get(0);
    while (now != last) {
      Thread.sleep(SETTLING_MILLIS / 4);
      last = now;
      now = responder.tell("count").get(0);
    }
  }
}
