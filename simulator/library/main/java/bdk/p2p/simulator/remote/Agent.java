package bdk.p2p.simulator.remote;

import bdk.p2p.message.Command;
import bdk.p2p.message.NodeId;
import bdk.p2p.simulator.scenario.ScenarioFile;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What runs in a container beside one node: starts and stops it, lets it publish and ask, and tells
 * what it tells. One controller at a time; the latest that knows the token, which takes over as
 * soon as what is under way is done. The thread in {@link #run} does everything that is commanded;
 * {@link #close} may be called by any.
 */
public final class Agent implements AutoCloseable {
  private static final long LOOK_MILLIS = 250;
  private static final Duration HELLO_LIMIT = Duration.ofSeconds(5);
  private static final InetAddress EVERYWHERE = new InetSocketAddress(0).getAddress();

  private final AgentOptions options;
  private final AgentDoor door;
  private final AgentVoice voice = AgentVoice.start();
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "bdk-agent-look");
            thread.setDaemon(true);
            return thread;
          });
  private final RelayBoard relays = new RelayBoard();
  private volatile AgentNode node;
  private volatile boolean closed;

  /**
   * Listens.
   *
   * @throws IOException if it cannot
   */
  public Agent(AgentOptions options) throws IOException {
    this.options = options;
    this.door = new AgentDoor(options.control(), options.token(), HELLO_LIMIT);
  }

  /** Serves whoever commands it, until it is closed. */
  public void run() {
    options.resident().ifPresent(this::startResident);
    looking.scheduleAtFixedRate(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    door.open();
    try {
      for (ControlLine line = door.next(); line != null; line = door.next()) {
        serve(line);
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private void startResident(Resident resident) {
    AgentReports reports = new AgentReports(voice);
    List<NodeId> seeds = Seeding.resolve(resident.seeds(), () -> closed);
    if (!closed) {
      node =
          AgentNode.start(
              resident.scenario(), resident.index(), EVERYWHERE, seeds, options.storage(), reports);
    }
  }

  private void serve(ControlLine controller) {
    try (ControlLine line = controller) {
      line.send(ready());
      voice.listener(line);
      AgentNode there = node;
      if (there != null) {
        there.reports().tellAll(System.nanoTime());
      }
      for (JsonNode command = line.read(); command != null; command = line.read()) {
        tryToObey(command);
      }
    } catch (IOException gone) {
      // The next one, unless this was the end.
    } finally {
      voice.listener(null);
    }
  }

  private void tryToObey(JsonNode command) throws IOException {
    try {
      obey(command);
    } catch (IllegalArgumentException | IllegalStateException | java.io.UncheckedIOException no) {
      voice.say(ControlLine.saying("event", "error").put("what", String.valueOf(no)));
    }
  }

  private ObjectNode ready() {
    ObjectNode ready = ControlLine.saying("event", "ready").put("nanos", System.nanoTime());
    AgentNode there = node;
    if (there != null) {
      ready.put("node", there.index());
      options
          .resident()
          .flatMap(one -> Seeding.lookUp(one.host()).stream().findFirst())
          .ifPresent(own -> ready.put("address", own.toString()));
    }
    return ready;
  }

  private void obey(JsonNode command) throws IOException {
    switch (command.path("do").asText()) {
      case "clock" ->
          voice.say(
              ControlLine.saying("event", "clock")
                  .put("sent", command.path("sent").asLong())
                  .put("nanos", System.nanoTime()));
      case "warm" -> warm(command);
      case "start" -> start(command);
      case "relay" -> relays.set(Route.of(command));
      case "delay" -> relays.delay(command.path("fault").asInt(), Detour.of(command));
      case "straight" -> relays.straight(command.path("fault").asInt());
      case "broadcast" -> there().broadcast(code(command), payload(command));
      case "notify" -> there().notifyAll(code(command), payload(command));
      case "ask" ->
          there()
              .ask(
                  command.path("request").asLong(),
                  NodeId.parse(command.path("peer").asText()),
                  code(command),
                  payload(command),
                  Duration.ofMillis(command.path("limitMillis").asLong()));
      default -> throw new IllegalArgumentException("unknown command " + command.path("do"));
    }
  }

  private AgentNode there() {
    AgentNode one = node;
    if (one == null) {
      throw new IllegalStateException("the node is not up");
    }
    return one;
  }

  private static Command code(JsonNode command) {
    return Command.of(command.path("command").asInt());
  }

  private static ByteBuffer payload(JsonNode command) throws IOException {
    return ByteBuffer.wrap(command.path("payload").binaryValue());
  }

  private void warm(JsonNode command) {
    try {
      WarmUp.run(ScenarioFile.parse("scenario", command.path("scenario").asText()));
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
    voice.say(ControlLine.saying("event", "warm"));
  }

  private void start(JsonNode command) throws IOException {
    if (node != null) {
      throw new IllegalStateException("the node is up already");
    }
    if (command.path("forget").asBoolean()) {
      Forgetting.empty(options.storage());
    }
    List<NodeId> seeds = new ArrayList<>();
    command.path("seeds").forEach(seed -> seeds.add(NodeId.parse(seed.asText())));
    AgentReports reports = new AgentReports(voice);
    node =
        AgentNode.start(
            ScenarioFile.parse("scenario", command.path("scenario").asText()),
            command.path("index").asInt(),
            InetAddress.getByName(command.path("address").asText()),
            seeds,
            options.storage(),
            reports);
    reports.up(System.nanoTime());
  }

  private void look() {
    AgentNode there = node;
    if (there != null) {
      Map<Integer, Long> delayed = relays.delayed();
      there.reports().state(System.nanoTime(), there.statistics(), delayed);
    }
  }

  /** Stops the node in order, and ends. */
  @Override
  public void close() {
    closed = true;
    looking.shutdownNow();
    Optional.ofNullable(node).ifPresent(AgentNode::close);
    relays.close();
    door.close();
  }
}
