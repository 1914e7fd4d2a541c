package bdk.p2p.simulator.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * One side of one contender in a process of its own. Does what it is told on standard input, says
 * what came of it on standard output, a line each, and ends with its input.
 *
 * <pre>
 *  respond CONTENDER                           listening PORT
 *    count                                     received MESSAGES at NANOS
 *  drive CONTENDER PORT BYTES OUTSTANDING      connected
 *    request MILLIS                            answered COUNT in NANOS, P50 P99 P99.9 (nanoseconds)
 *    flood                                     flooding
 *    stop                                      stopped
 *  send CONTENDER BYTES SESSIONS               listening PORT
 *    flood, stop                               as above
 *  receive CONTENDER PORT SESSIONS             connected
 *    count                                     as above
 * </pre>
 */
final class Worker {
  /** From the beginning of a load until it is measured: queues fill meanwhile. */
  private static final long SETTLING_MILLIS = 200;

  private static final long HIGHEST_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int DIGITS = 3;

  private final Recorder latencies = new Recorder(HIGHEST_NANOS, DIGITS);
  private final BufferedReader in =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
  private final Contender contender;
  private final List<Integer> numbers;
  private volatile boolean loaded;
  private Thread flooding;

  private Worker(Contender contender, List<Integer> numbers) {
    this.contender = contender;
    this.numbers = numbers;
  }

  /** Runs until standard input ends. */
  public static void main(String[] arguments) throws Exception {
    Contender contender = Contender.valueOf(arguments[1].toUpperCase(Locale.ROOT));
    List<Integer> numbers = Stream.of(arguments).skip(2).map(Integer::valueOf).toList();
    Worker worker = new Worker(contender, numbers);
    switch (arguments[0]) {
      case "respond" -> worker.respond();
      case "drive" -> worker.drive();
      case "send" -> worker.send();
      case "receive" -> worker.receive();
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    System.exit(0);
  }

  /** Starts a thread that does not keep the process alive; what it throws ends the process. */
  static Thread start(String name, Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (Exception cause) {
                fail(cause);
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Ends the process; a figure that was measured beside a failure is none. */
  static void fail(Throwable cause) {
    cause.printStackTrace();
    Runtime.getRuntime().halt(1);
  }

  private void respond() throws Exception {
    try (Responder responder = contender.respond()) {
      System.out.println("listening " + responder.port());
      count(responder::received);
    }
  }

  private void receive() throws Exception {
    try (Receivers receivers = new Receivers(numbers.get(0), numbers.get(1), contender.isNode())) {
      System.out.println("connected");
      count(receivers::received);
    }
  }

  private void count(LongSupplier received) throws IOException {
    while (in.readLine() != null) {
      System.out.println("received " + received.getAsLong() + " at " + System.nanoTime());
    }
  }

  private void send() throws Exception {
    try (Sender sender = contender.send(numbers.get(0), numbers.get(1))) {
      System.out.println("listening " + sender.port());
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        flood(line, sender::flood);
      }
    }
  }

  private void drive() throws Exception {
    try (Driver driver = contender.drive(numbers.get(0), numbers.get(1))) {
      System.out.println("connected");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("request ")) {
          System.out.println(request(driver, Long.parseLong(line.substring("request ".length()))));
        } else {
          flood(line, driver::flood);
        }
      }
    }
  }

  private void flood(String order, Flood flood) throws InterruptedException {
    if (order.equals("flood")) {
      loaded = true;
      flooding = start("flooding", () -> flood.run(() -> loaded));
      System.out.println("flooding");
    } else {
      loaded = false;
      flooding.join();
      System.out.println("stopped");
    }
  }

  private String request(Driver driver, long millis) throws InterruptedException {
    int outstanding = numbers.get(2);
    CountDownLatch open = new CountDownLatch(outstanding);
    loaded = true;
    for (int n = 0; n < outstanding; n++) {
      ask(driver, open);
    }
    Thread.sleep(SETTLING_MILLIS);
    latencies.reset();
    long start = System.nanoTime();
    Thread.sleep(millis);
    long nanos = System.nanoTime() - start;
    Histogram seen = latencies.getIntervalHistogram();
    loaded = false;
    open.await();
    return "answered %d in %d, %d %d %d"
        .formatted(
            seen.getTotalCount(),
            nanos,
            seen.getValueAtPercentile(50),
            seen.getValueAtPercentile(99),
            seen.getValueAtPercentile(99.9));
  }

  private void ask(Driver driver, CountDownLatch open) {
    long start = System.nanoTime();
    driver.request(
        () -> {
          latencies.recordValue(Math.min(System.nanoTime() - start, HIGHEST_NANOS));
          if (loaded) {
            ask(driver, open);
          } else {
            open.countDown();
          }
        });
  }

  private interface Flood {
    void run(BooleanSupplier goesOn) throws Exception;
  }

  /** What a thread does. */
  interface Task {
    /** Does it. */
    void run() throws Exception;
  }
}
