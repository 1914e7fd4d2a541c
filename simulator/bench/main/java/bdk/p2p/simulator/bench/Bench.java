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

  /**
   * The processes of a contender.
   *
   * @param loader who makes the load
   * @param counter who counts what arrives
   */
  private record Pair(WorkerProcess loader, WorkerProcess counter) {}

  BenchResult run(BenchCase one) throws IOException, InterruptedException {
    List<WorkerProcess> processes = new ArrayList<>();
    try {
      Map<Contender, Pair> pairs = new EnumMap<>(Contender.class);
      for (Contender contender : one.contenders()) {
        pairs.put(contender, start(one, contender, processes));
      }
      Map<Contender, List<Window>> seen = new EnumMap<>(Contender.class);
      for (Contender contender : one.contenders()) {
        measure(one, pairs.get(contender), warmUpMillis);
        seen.put(contender, new ArrayList<>());
      }
      for (int round = 0; round < rounds; round++) {
        for (Contender contender : one.contenders()) {
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
    String bytes = Integer.toString(one.bytes());
    String width = Integer.toString(one.width());
    if (one.kind() == BenchCase.Kind.FAN_OUT) {
      WorkerProcess sender = start(processes, "send", contender.shown(), bytes, width);
      String port = sender.hello().get(0).toString();
      return new Pair(sender, start(processes, "receive", contender.shown(), port, width));
    }
    WorkerProcess responder = start(processes, "respond", contender.shown());
    String port = responder.hello().get(0).toString();
    return new Pair(start(processes, "drive", contender.shown(), port, bytes, width), responder);
  }

  private static WorkerProcess start(List<WorkerProcess> processes, String... arguments)
      throws IOException {
    WorkerProcess process = new WorkerProcess(List.of(arguments));
    processes.add(process);
    return process;
  }

  private static Window measure(BenchCase one, Pair pair, long millis)
      throws IOException, InterruptedException {
    if (one.kind() == BenchCase.Kind.REQUEST) {
      List<Long> said = pair.loader().tell("request " + millis);
      return Window.of(said.get(0), said.get(1), said.get(2), said.get(3), said.get(4));
    }
    pair.loader().tell("flood");
    Thread.sleep(SETTLING_MILLIS);
    List<Long> before = pair.counter().tell("count");
    Thread.sleep(millis);
    List<Long> after = pair.counter().tell("count");
    pair.loader().tell("stop");
    awaitQuiet(pair.counter());
    return Window.of(after.get(0) - before.get(0), after.get(1) - before.get(1));
  }

  /** What is still under way must not be at the cost of the next contender. */
  private static void awaitQuiet(WorkerProcess counter) throws IOException, InterruptedException {
    long last = -1;
    long now = counter.tell("count").get(0);
    while (now != last) {
      Thread.sleep(SETTLING_MILLIS / 4);
      last = now;
      now = counter.tell("count").get(0);
    }
  }
}
