package bdk.p2p.simulator.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * One {@code bdk-sim node} in a JVM of its own: commands in, events out. Each line that it prints
 * must be a JSON object. For one thread.
 */
final class NodeProcess implements AutoCloseable {
  private static final int LIMIT_SECONDS = 30;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final Path errors;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<JsonNode> unread = new ArrayList<>();

  private NodeProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    Thread reader = new Thread(this::read, "lines-of-" + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts one on a free port of the loopback. */
  static NodeProcess start(String... arguments) throws IOException {
    String[] all = new String[arguments.length + 3];
    all[0] = "node";
    all[1] = "--listen";
    all[2] = "127.0.0.1:0";
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    Path errors = Files.createTempFile("bdk-sim-node", ".txt");
    return new NodeProcess(
        new ProcessBuilder(PackagedSimulator.command(all)).redirectError(errors.toFile()).start(),
        errors);
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(line);
      }
    } catch (IOException gone) {
      // The process is gone.
    }
  }

  /** Waits until it listens and returns where. */
  String listening() throws Exception {
    return await("listening").get("address").textValue();
  }

  /** Gives it a command. */
  void tell(String command) throws IOException {
    OutputStream in = process.getOutputStream();
    in.write((command + "\n").getBytes(StandardCharsets.UTF_8));
    in.flush();
  }

  /** Gives it a command and returns the answer or error to it. */
  JsonNode ask(String command) throws Exception {
    tell(command);
    String name = command.strip().split("\\s+")[0];
    return await(
        event ->
            event.path("to").asText().equals(name) || event.get("event").asText().equals("peers"));
  }

  /** The next event of this name; others are kept for later. */
  JsonNode await(String name) throws Exception {
    return await(event -> event.get("event").textValue().equals(name));
  }

  /** The next event that this is true of; others are kept for later. */
  JsonNode await(Predicate<JsonNode> wanted) throws Exception {
    for (int index = 0; index < unread.size(); index++) {
      if (wanted.test(unread.get(index))) {
        return unread.remove(index);
      }
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (true) {
      String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      assertTrue(line != null, () -> "nothing within " + LIMIT_SECONDS + " s; before: " + unread);
      JsonNode event = JSON.readTree(line);
      assertTrue(event.isObject() && event.get("event").isTextual(), line);
      if (wanted.test(event)) {
        return event;
      }
      unread.add(event);
    }
  }

  /** Events that came and that nobody waited for. */
  List<JsonNode> unread() throws Exception {
    for (String line = lines.poll(); line != null; line = lines.poll()) {
      unread.add(JSON.readTree(line));
    }
    return unread;
  }

  /** No more input. */
  void closeInput() throws IOException {
    process.getOutputStream().close();
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** Waits for the end and returns the exit code. */
  int exitCode() throws Exception {
    assertTrue(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), "still there");
    return process.exitValue();
  }

  /** What it wrote to standard error. */
  String errors() throws IOException {
    return Files.readString(errors);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(errors);
  }
}
