package bdk.p2p.simulator.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * One side of one contender in a process of its own. Does what it is told on standard input, says
 * what came of it on standard output, a line each, and ends with its input.
 *
 * <pre>
 *  respond CONTENDER SESSIONS                  listening PORT
 *    count                                     received MESSAGES at NANOS
 *    memory SESSIONS                           heap BYTES, direct BYTES, once there are so many
 *  drive CONTENDER PORT                        connected
 *    request BYTES OPEN MILLIS                 answered COUNT in NANOS, ALL in all, made BYTES,
 *                                              P50 P99 P99.9 (nanoseconds)
 *    mixed BYTES OPEN MILLIS                   as above; the latencies are those of a small one
 *    flood BYTES THREADS                       flooding
 *    stop                                      stopped
 *  send CONTENDER SESSIONS                     listening PORT
 *    flood BYTES THREADS, spread..., stop      as above
 *  receive CONTENDER PORT SESSIONS NUMBER      connected in NANOS; NUMBER is that of its first one
 *    count                                     as above
 *  relay CONTENDER PORT                        listening PORT
 *  ends CONTENDER                              listening PORT
 *    dial PORT                                 connected
 *    request BYTES OPEN MILLIS                 as above
 *  all of them
 *    made                                      made BYTES, on the heap since it began
 * </pre>
 */
final class Worker {
  /** The system property that names the folder of the keys, under TLS. */
  static final String KEYS = "bench.keys";

  /** From the beginning of a load until it is measured: queues fill meanwhile. */
  private static final long SETTLING_MILLIS = 200;

  private static final long PAUSE_MILLIS = 5;

  private final BufferedReader in =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
  private final Optional<Keys> keys =
      Optional.ofNullable(System.getProperty(KEYS)).map(Path::of).map(Keys::new);
  private final Contender contender;
  private final List<Integer> numbers;
  private final List<Thread> flooding = new ArrayList<>();
  private volatile boolean loaded;

  private Worker(Contender contender, List<Integer> numbers) {
    this.contender = contender;
    this.numbers = numbers;
  }

  /** Runs until standard input ends. */
  public static void main(String[] arguments) {
    try {
      run(arguments);
    } catch (Exception cause) {
      fail(cause); // threads that are there already would keep the process alive
    }
    System.exit(0);
  }

  private static void run(String... arguments) throws Exception {
    Contender contender = Contender.valueOf(arguments[1].toUpperCase(Locale.ROOT));
    List<Integer> numbers = Stream.of(arguments).skip(2).map(Integer::valueOf).toList();
    Worker worker = new Worker(contender, numbers);
    switch (arguments[0]) {
      case "respond" -> worker.respond();
      case "drive" -> worker.drive();
      case "send" -> worker.send();
      case "receive" -> worker.receive();
      case "relay" -> worker.relay();
      case "ends" -> worker.ends();
      default -> throw new IllegalArgumentException(arguments[0]);
    }
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
    try (Responder responder = contender.respond(keys, numbers.get(0))) {
      System.out.println("listening " + responder.port());
      obey(
          order ->
              switch (order.what) {
                case "count" -> count(responder.received());
                case "memory" -> memory(responder, order.number(0));
                default -> throw order.unknown();
              });
    }
  }

  private void receive() throws Exception {
    long start = System.nanoTime();
    try (Receivers receivers =
        new Receivers(numbers.get(0), numbers.get(1), numbers.get(2), keys)) {
      System.out.println("connected in " + (System.nanoTime() - start));
      obey(order -> count(receivers.received()));
    }
  }

  private void send() throws Exception {
    try (Sender sender = contender.send(keys, numbers.get(0))) {
      System.out.println("listening " + sender.port());
      obey(
          order ->
              switch (order.what) {
                case "flood" -> flood(order, sender::flood);
                case "spread" -> flood(order, sender::spread);
                default -> stop();
              });
    }
  }

  private void drive() throws Exception {
    try (Driver driver = contender.drive(keys, numbers.get(0))) {
      System.out.println("connected");
      obey(
          order ->
              switch (order.what) {
                case "request" -> request(driver, order);
                case "mixed" -> mixed(driver, order);
                case "flood" -> flood(order, driver::flood);
                default -> stop();
              });
    }
  }

  private void relay() throws Exception {
    try (Relay relay = contender.relay(keys, numbers.get(0))) {
      System.out.println("listening " + relay.port());
      obey(
          order -> {
            throw order.unknown();
          });
    }
  }

  private void ends() throws Exception {
    try (Ends ends = contender.ends(keys)) {
      System.out.println("listening " + ends.port());
      obey(
          order -> {
            if (order.what.equals("request")) {
              return request(ends, order);
            }
            ends.dial(order.number(0));
            return "connected";
          });
    }
  }

  private void obey(Obeying obeying) throws Exception {
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Order order = Order.of(line);
      System.out.println(
          order.what.equals("made") ? "made " + Footprint.made() : obeying.answer(order));
    }
  }

  private static String count(long received) {
    return "received " + received + " at " + System.nanoTime();
  }

  private static String memory(Responder responder, int sessions) throws InterruptedException {
    while (responder.sessions() < sessions) {
      Thread.sleep(PAUSE_MILLIS);
    }
    return "heap %d, direct %d".formatted(Footprint.heap(), Footprint.direct());
  }

  private String flood(Order order, Flood flood) {
    byte[] payload = new byte[order.number(0)];
    loaded = true;
    for (int n = 0; n < order.number(1); n++) {
      flooding.add(start("flooding", () -> flood.run(payload, () -> loaded)));
    }
    return "flooding";
  }

  private String stop() throws InterruptedException {
    loaded = false;
    for (Thread each : flooding) {
      each.join();
    }
    flooding.clear();
    return "stopped";
  }

  private static String request(Asker asker, Order order) throws InterruptedException {
    OpenRequests requests = new OpenRequests(asker, order.number(0), order.number(1));
    return measured(requests, requests, order.number(2));
  }

  private static String mixed(Asker asker, Order order) throws InterruptedException {
    OpenRequests large = new OpenRequests(asker, order.number(0), order.number(1));
    OpenRequests small = new OpenRequests(asker, BenchCase.SMALL_BYTES, 1);
    String said = measured(large, small, order.number(2));
    small.end();
    return said;
  }

  private static String measured(OpenRequests counted, OpenRequests timed, int millis)
      throws InterruptedException {
    Thread.sleep(SETTLING_MILLIS);
    counted.reset();
    timed.reset();
    long madeBefore = Footprint.made();
    long start = System.nanoTime();
    Thread.sleep(millis);
    long nanos = System.nanoTime() - start;
    long made = Footprint.made() - madeBefore;
    Histogram latencies = timed.latencies();
    long count = timed == counted ? latencies.getTotalCount() : counted.latencies().getTotalCount();
    return "answered %d in %d, %d in all, made %d, %d %d %s"
        .formatted(
            count,
            nanos,
            counted.end(),
            made,
            latencies.getValueAtPercentile(50),
            latencies.getValueAtPercentile(99),
            latencies.getValueAtPercentile(99.9));
  }

  /** What it was told, and numbers with it. */
  private record Order(String what, List<Integer> numbers) {
    static Order of(String line) {
      List<String> words = List.of(line.split(" "));
      return new Order(words.get(0), words.stream().skip(1).map(Integer::valueOf).toList());
    }

    int number(int index) {
      return numbers.get(index);
    }

    IllegalArgumentException unknown() {
      return new IllegalArgumentException(what);
    }
  }

  private interface Obeying {
    String answer(Order order) throws Exception;
  }

  private interface Flood {
    void run(byte[] payload, BooleanSupplier goesOn) throws Exception;
  }

  /** What a thread does. */
  interface Task {
    /** Does it. */
    void run() throws Exception;
  }
}
