package bdk.p2p.simulator.bench;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Requests and their answers between two processes. */
final class RequestScene extends Scene {
  private final WorkerProcess responder;
  private final WorkerProcess driver;

  RequestScene(BenchCase one, Contender contender, Optional<Keys> keys) throws IOException {
    super(one, contender, keys);
    responder = start("respond", contender, 1);
    driver = start("drive", contender, responder.hello().get(0));
  }

  @Override
  Window measure(long millis) throws IOException {
    String kind = one.kind() == BenchCase.Kind.MIXED ? "mixed" : "request";
    long before = responder.tell("made").get(0);
    List<Long> said = driver.tell("%s %d %d %d".formatted(kind, one.bytes(), one.width(), millis));
    long made = responder.tell("made").get(0) - before;
    return answered(said, made);
  }

  /**
   * A window from what a worker said.
   *
   * @param madeElsewhere what other processes allocated from the first request to the last answer
   */
  static Window answered(List<Long> said, long madeElsewhere) {
    long answered = said.get(0);
    long inAll = said.get(2);
    // What others made is known for all requests, also for those before and after the window.
    long made = said.get(3) + madeElsewhere * answered / Math.max(1, inAll);
    return Window.of(answered, said.get(1), made)
        .withLatencies(said.get(4), said.get(5), said.get(6));
  }
}
