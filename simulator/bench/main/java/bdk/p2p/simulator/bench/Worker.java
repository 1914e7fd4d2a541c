package bdk.p2p.simulator.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
 * </pre>
 */
final class Worker {
  /** From the beginning of a load until it is measured: queues fill meanwhile. */
  private static final long SETTLING_MILLIS = 200;

  private static final long HIGHEST_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int DIGITS = 3;

  private final Recorder latencies = new Recorder(HIGHEST_NANOS, DIGITS);
  private final Driver driver;
  private final int outstanding;
  private volatile boolean loaded;

  private Worker(Driver driver, int outstanding) {
    this.driver = driver;
    this.outstanding = outstanding;
  }

  /** Runs until standard input ends. */
  public static void main(String[] arguments) throws Exception {
    Contender contender = Contender.valueOf(arguments[1].toUpperCase(Locale.ROOT));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    if (arguments[0].equals("respond")) {
      respond(contender, in);
    } else {
      int port = Integer.parseInt(arguments[2]);
      int bytes = Integer.parseInt(arguments[3]);
      try (Driver driver = contender.drive(port, bytes)) {
        System.out.println("connected");
        new Worker(driver, Integer.parseInt(arguments[4])).drive(in);
      }
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

  private static void respond(Contender contender, BufferedReader in) throws Exception {
    try (Responder responder = contender.respond()) {
      System.out.println("listening " + responder.port());
      while (in.readLine() != null) {
        System.out.println("received " + responder.received() + " at " + System.nanoTime());
      }
    }
  }

  private void drive(BufferedReader in) throws Exception {
    Thread flooding = null;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.equals("flood")) {
        loaded = true;
        flooding = start("flooding", () -> driver.flood(() -> loaded));
        System.out.println("flooding");
      } else if (line.equals("stop")) {
        loaded = false;
        flooding.join();
        System.out.println("stopped");
      } else {
        System.out.println(request(Long.parseLong(line.substring("request ".length()))));
      }
    }
  }

  private String request(long millis) throws InterruptedException {
    CountDownLatch open = new CountDownLatch(outstanding);
    loaded = true;
    for (int n = 0; n < outstanding; n++) {
      ask(open);
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

  private void ask(CountDownLatch open) {
    long start = System.nanoTime();
    driver.request(
        () -> {
          latencies.recordValue(Math.min(System.nanoTime() - start, HIGHEST_NANOS));
          if (loaded) {
            ask(open);
          } else {
            open.countDown();
          }
        });
  }

  /** What a thread does. */
  interface Task {
    /** Does it. */
    void run() throws Exception;
  }
}
