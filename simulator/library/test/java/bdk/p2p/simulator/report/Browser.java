package bdk.p2p.simulator.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A headless Chromium with one page, steered through the pipe of its DevTools protocol: JSON, each
 * message ended by a zero byte. One thread.
 */
final class Browser implements AutoCloseable {
  private static final long LIMIT_SECONDS = 60;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Process process;
  private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
  private final List<String> complaints = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private final String session;
  private int lastId;
  private boolean isLoaded;

  /** The program, if this machine has one on its path. */
  static Optional<Path> find() {
    return Stream.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
        .flatMap(
            name ->
                Stream.of(System.getenv("PATH").split(":"))
                    .map(directory -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts it with an empty profile. */
  Browser(Path program, Path profile) throws IOException {
    // The browser reads the protocol from descriptor 3 and writes it to 4.
    process =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null",
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--remote-debugging-pipe",
                "--user-data-dir=" + profile)
            .redirectError(profile.resolve("browser.log").toFile())
            .start();
    Thread reader = new Thread(this::read, "browser");
    reader.setDaemon(true);
    reader.start();
    String target =
        send(null, "Target.createTarget", MAPPER.createObjectNode().put("url", "about:blank"))
            .get("targetId")
            .textValue();
    ObjectNode attach = MAPPER.createObjectNode().put("targetId", target).put("flatten", true);
    session = send(null, "Target.attachToTarget", attach).get("sessionId").textValue();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", Map.of());
    }
  }

  /** Opens a page at a width, in a colour scheme, and waits until it says that it is drawn. */
  void open(Path page, int width, String scheme) throws IOException {
    complaints.clear();
    requests.clear();
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 600));
    scheme(scheme);
    isLoaded = false;
    call("Page.navigate", Map.of("url", page.toUri().toString()));
    while (!isLoaded) {
      take();
    }
    if (!complaints.isEmpty()) {
      throw new IOException("the page failed: " + complaints);
    }
    evaluate(
        "new Promise((resolve, reject) => { const began = Date.now(); (function look() {"
            + " if (document.documentElement.dataset.drawn) resolve();"
            + " else if (Date.now() - began > 20000) reject(new Error('never drawn'));"
            + " else setTimeout(look, 20); })(); })");
  }

  /** Changes the colour scheme of the page that is open. */
  void scheme(String scheme) throws IOException {
    call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** The value of an expression in the page; waits for a promise. */
  JsonNode evaluate(String expression) throws IOException {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (answer.has("exceptionDetails")) {
      throw new IOException(expression + ": " + answer.get("exceptionDetails"));
    }
    return answer.get("result").path("value");
  }

  /** Presses and releases a key, such as ArrowLeft. */
  void press(String key) throws IOException {
    for (String type : List.of("keyDown", "keyUp")) {
      call("Input.dispatchKeyEvent", Map.of("type", type, "key", key, "code", key));
    }
  }

  /** Moves the mouse to a place in the window. */
  void moveTo(double x, double y) throws IOException {
    call("Input.dispatchMouseEvent", Map.of("type", "mouseMoved", "x", x, "y", y));
  }

  /** Writes a picture of the whole page. */
  void screenshot(Path file) throws IOException {
    JsonNode picture =
        call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
    Files.write(file, Base64.getDecoder().decode(picture.get("data").textValue()));
  }

  /** Writes the page as it is printed. */
  void print(Path file) throws IOException {
    JsonNode printed = call("Page.printToPDF", Map.of("printBackground", true));
    Files.write(file, Base64.getDecoder().decode(printed.get("data").textValue()));
  }

  /** Exceptions, what the page logged as error or warning, what the browser refused it. */
  List<String> complaints() {
    return complaints;
  }

  /** Addresses that the page asked for since it was opened, its own first. */
  List<String> requests() {
    return requests;
  }

  private JsonNode call(String method, Map<String, ?> parameters) throws IOException {
    return send(session, method, MAPPER.valueToTree(parameters));
  }

  private JsonNode send(String receiver, String method, JsonNode parameters) throws IOException {
    int id = ++lastId;
    ObjectNode message = MAPPER.createObjectNode().put("id", id).put("method", method);
    message.set("params", parameters);
    if (receiver != null) {
      message.put("sessionId", receiver);
    }
    process.getOutputStream().write(MAPPER.writeValueAsBytes(message));
    process.getOutputStream().write(0);
    process.getOutputStream().flush();
    while (true) {
      JsonNode answer = take();
      if (answer.path("id").intValue() == id) {
        if (answer.has("error")) {
          throw new IOException(method + ": " + answer.get("error"));
        }
        return answer.get("result");
      }
    }
  }

  /** The next message, noted if it is an event. */
  private JsonNode take() throws IOException {
    try {
      JsonNode message = received.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new IOException("the browser said nothing for " + LIMIT_SECONDS + " s");
      }
      note(message.path("method").asText(), message.path("params"));
      return message;
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
      throw new IOException(cause);
    }
  }

  private void note(String event, JsonNode parameters) {
    switch (event) {
      case "Page.loadEventFired" -> isLoaded = true;
      case "Network.requestWillBeSent" ->
          requests.add(parameters.path("request").path("url").asText());
      case "Runtime.exceptionThrown" -> complaints.add(parameters.toString());
      case "Log.entryAdded" -> {
        // Its warnings are about speed, such as that of a test that reads pixels.
        if (parameters.path("entry").path("level").asText().equals("error")) {
          complaints.add(parameters.toString());
        }
      }
      case "Runtime.consoleAPICalled" -> {
        if (List.of("error", "warning", "assert").contains(parameters.path("type").asText())) {
          complaints.add(parameters.toString());
        }
      }
      default -> {}
    }
  }

  private void read() {
    try (InputStream stream = process.getInputStream()) {
      ByteArrayOutputStream message = new ByteArrayOutputStream();
      byte[] chunk = new byte[1 << 16];
      for (int count = stream.read(chunk); count >= 0; count = stream.read(chunk)) {
        for (int index = 0; index < count; index++) {
          if (chunk[index] == 0) {
            received.add(MAPPER.readTree(message.toString(StandardCharsets.UTF_8)));
            message.reset();
          } else {
            message.write(chunk[index]);
          }
        }
      }
    } catch (IOException cause) {
      // The browser is gone; whoever waits for it hears nothing and says so.
    }
  }

  @Override
  public void close() throws IOException {
    List<ProcessHandle> family = process.descendants().toList();
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    family.forEach(ProcessHandle::destroyForcibly);
  }
}
