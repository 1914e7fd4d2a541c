package bdk.p2p.simulator.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One contender in one case: its processes, and how a window of it is measured. For one thread. */
abstract class Scene implements AutoCloseable {
  private static final double FASTER = 1.05;

  private final List<WorkerProcess> processes = new ArrayList<>();
  private final Optional<Keys> keys;
  final BenchCase one;
  final Contender contender;

  Scene(BenchCase one, Contender contender, Optional<Keys> keys) {
    this.one = one;
    this.contender = contender;
    this.keys = one.secured() ? keys : Optional.empty();
  }

  /** Starts what a case needs. */
  static Scene of(BenchCase one, Contender contender, Optional<Keys> keys) throws IOException {
    return switch (one.kind()) {
      case REQUEST, MIXED -> new RequestScene(one, contender, keys);
      case ONE_WAY, PRODUCERS, FAN_OUT, SPREAD -> new FloodScene(one, contender, keys);
      case RELAY -> new RelayScene(one, contender, keys);
      case START -> new StartScene(one, contender, keys);
      case IDLE -> new IdleScene(one, contender, keys);
    };
  }

  /**
   * Gets ready for what is measured: works for so long, and again until that makes it no faster
   * twice in a row, because more of its code is compiled then.
   *
   * @param most how often at most
   */
  void warmUp(long millis, int most) throws IOException, InterruptedException {
    double best = 0;
    int inVain = 0;
    for (int n = 0; n < most && inVain < 2; n++) {
      double now = measure(millis).perSecond();
      inVain = now < best * FASTER ? inVain + 1 : 0;
      best = Math.max(best, now);
    }
  }

  /** Measures a window of so long; where something is done once, for as long as that takes. */
  abstract Window measure(long millis) throws IOException, InterruptedException;

  /** A process with the default heap; waits until it is ready. */
  final WorkerProcess start(Object... arguments) throws IOException {
    return startWith("1g", arguments);
  }

  /** A process with so much heap. */
  final WorkerProcess startWith(String heap, Object... arguments) throws IOException {
    List<String> words = new ArrayList<>();
    for (Object argument : arguments) {
      words.add(argument instanceof Contender who ? who.shown() : argument.toString());
    }
    WorkerProcess process = new WorkerProcess(words, heap, keys);
    processes.add(process);
    return process;
  }

  /** Ends a process before the others. */
  final void end(WorkerProcess process) {
    process.close();
    processes.remove(process);
  }

  @Override
  public final void close() {
    processes.forEach(WorkerProcess::close);
  }
}
