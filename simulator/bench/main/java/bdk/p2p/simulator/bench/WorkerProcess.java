package bdk.p2p.simulator.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A worker, seen from the process that commands it. For one thread. */
final class WorkerProcess implements AutoCloseable {
  /** Far more than any answer takes; 10,000 handshakes of TLS take most of a minute. */
  private static final long LIMIT_SECONDS = 300;

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private final String name;
  private final Process process;
  private final BufferedReader answers;
  private final PrintStream orders;
  private final String hello;

  /**
   * Starts a worker and waits until it is ready.
   *
   * @param heap the most that its heap may have, as the JVM writes it
   * @param keys for TLS, if it is to speak it
   */
  WorkerProcess(List<String> arguments, String heap, Optional<Keys> keys) throws IOException {
    name = String.join(" ", arguments);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx" + heap, "-cp", classPath()));
    keys.ifPresent(all -> command.add("-D" + Worker.KEYS + "=" + all.folder()));
    command.add(Worker.class.getName());
    command.addAll(arguments);
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    answers = process.inputReader(StandardCharsets.US_ASCII);
    orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
    hello = answer();
  }

  /** This process's own modules and classes, as a class path. */
  private static String classPath() {
    List<String> all = new ArrayList<>();
    for (String property : List.of("jdk.module.path", "java.class.path")) {
      for (String entry : System.getProperty(property, "").split(File.pathSeparator)) {
        if (!entry.isEmpty()) {
          boolean holdsJars =
              Files.isDirectory(Path.of(entry))
                  && !Files.exists(Path.of(entry, "module-info.class"));
          all.add(holdsJars ? entry + File.separator + "*" : entry);
        }
      }
    }
    return String.join(File.pathSeparator, all);
  }

  /** The numbers that it said when it was ready. */
  List<Long> hello() {
    return numbers(hello);
  }

  /** Tells it something; returns the numbers in what it says. */
  List<Long> tell(String order) throws IOException {
    orders.println(order);
    return numbers(answer());
  }

  private String answer() throws IOException {
    CompletableFuture<Void> late =
        CompletableFuture.runAsync(
            process::destroyForcibly,
            CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS));
    try {
      String line = answers.readLine();
      if (line == null) {
        throw new IOException(
            "the worker '%s' ended, or said nothing for %d s".formatted(name, LIMIT_SECONDS));
      }
      return line;
    } finally {
      late.cancel(false);
    }
  }

  private static List<Long> numbers(String line) {
    return NUMBER.matcher(line).results().map(found -> Long.parseLong(found.group())).toList();
  }

  @Override
  public void close() {
    orders.close();
    process.destroyForcibly();
  }
}
