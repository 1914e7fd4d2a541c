package bdk.p2p.simulator.remote;

import bdk.p2p.manager.ManagerStatistics;
import bdk.p2p.manager.Peer;
import bdk.p2p.manager.PeerStatistics;
import bdk.p2p.message.Ban;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.Command;
import bdk.p2p.message.Direction;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.MessageType;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.NodeType;
import bdk.p2p.simulator.run.NodeLife;
import bdk.p2p.simulator.run.NodeReports;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;

/**
 * The life of a node in another process: passes commands to its agent, and on to the run what the
 * agent says. Guarded by this, but for the reports, which are made with no lock held, by the one
 * thread that hears the agent. After {@link #over} only broadcasts are reported, as long as the
 * process lasts.
 */
final class FarLife implements NodeLife {
  private final FarNode node;
  private final NodeReports reports;
  private final LongUnaryOperator runTime;
  private final Map<Integer, FarPeer> peers = new LinkedHashMap<>();
  private final Map<Long, Settling> asked = new HashMap<>();
  private final Map<Integer, Long> delayed = new HashMap<>();
  private ManagerStatistics statistics = Nothing.DONE;
  private AgentLink link;
  private long nextRequest;
  private final CountDownLatch isUp = new CountDownLatch(1);
  private volatile boolean isOver;

  /**
   * A life that begins when its agent is reached.
   *
   * @param runTime the time of the run at an instant of this process's clock
   */
  FarLife(FarNode node, NodeReports reports, LongUnaryOperator runTime) {
    this.node = node;
    this.reports = reports;
    this.runTime = runTime;
  }

  /** Waits until its node is up, or its agent is gone; true if it was so within the limit. */
  boolean awaitUp(Duration limit) throws InterruptedException {
    return isUp.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Its agent is reached. */
  synchronized void reached(AgentLink agent) {
    link = agent;
  }

  /** What it does, and what is done to it, is no business of the run any more. */
  void over() {
    isOver = true;
  }

  boolean isOver() {
    return isOver;
  }

  /** How often faults have delayed something on its machine, by their numbers. */
  synchronized Map<Integer, Long> delayed() {
    return new HashMap<>(delayed);
  }

  @Override
  public synchronized List<Peer> peers() {
    return List.copyOf(peers.values());
  }

  @Override
  public synchronized ManagerStatistics statistics() {
    return statistics;
  }

  @Override
  public void broadcast(Command command, ByteBuffer payload) {
    send(message("broadcast", command, payload));
  }

  @Override
  public void notifyAll(Command command, ByteBuffer payload) {
    send(message("notify", command, payload));
  }

  @Override
  public void ask(
      Peer peer, Command command, ByteBuffer payload, Duration limit, Settling settling) {
    long number;
    synchronized (this) {
      number = nextRequest++;
      asked.put(number, settling);
    }
    send(
        message("ask", command, payload)
            .put("request", number)
            .put("peer", peer.id().toString())
            .put("limitMillis", limit.toMillis()));
  }

  /** Ends the process in order, a little later. */
  @Override
  public void close() {
    node.stopProcess(this);
  }

  private static ObjectNode message(String what, Command command, ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.duplicate().get(bytes);
    return ControlLine.saying("do", what).put("command", command.code()).put("payload", bytes);
  }

  /** Says something to the agent, if it is there. */
  void send(ObjectNode command) {
    AgentLink agent;
    synchronized (this) {
      agent = link;
    }
    if (agent != null) {
      try {
        agent.send(command);
      } catch (IOException gone) {
        // Whoever hears it notices, too.
      }
    }
  }

  /** Requests that nobody will answer any more end with their node. */
  void agentGone() {
    isUp.countDown();
    Map<Long, Settling> left;
    synchronized (this) {
      left = new LinkedHashMap<>(asked);
      asked.clear();
    }
    long now = runTime.applyAsLong(System.nanoTime());
    left.values().forEach(one -> one.settled(now, Optional.empty(), Optional.of("MANAGER_CLOSED")));
    if (!isOver) {
      node.lost(this);
    }
  }

  /** Something that the agent says. */
  void hear(AgentLink agent, JsonNode event) {
    long nanos = runTime.applyAsLong(agent.here(event.path("nanos").asLong()));
    String kind = event.path("event").asText();
    if (kind.equals("settled")) {
      settled(nanos, event);
    } else if (!isOver || kind.equals("handled") || kind.equals("duplicate")) {
      // What it handled before its end was carried out, it has passed on, too.
      hear(agent, kind, nanos, event);
    }
  }

  private void settled(long nanos, JsonNode event) {
    Settling settling;
    synchronized (this) {
      settling = asked.remove(event.path("request").asLong());
    }
    if (settling != null) {
      settling.settled(
          nanos,
          event.has("answerer") ? Optional.of(event.path("answerer").asInt()) : Optional.empty(),
          Optional.ofNullable(event.path("failure").textValue()));
    }
  }

  private void hear(AgentLink agent, String kind, long nanos, JsonNode event) {
    switch (kind) {
      case "up" -> {
        reports.up(nanos);
        isUp.countDown();
      }
      case "connected" -> connected(nanos, agent.here(event.path("since").asLong()), event);
      case "disconnected" -> disconnected(nanos, event);
      case "refused" ->
          reports.refused(
              nanos, NodeId.parse(event.path("address").asText()).socketAddress(), why(event));
      case "banned" -> reports.banned(nanos, ban(event));
      case "handled" ->
          reports.handled(nanos, command(event), index(event), event.path("bytes").asInt());
      case "duplicate" ->
          reports.duplicate(nanos, command(event), index(event), event.path("bytes").asInt());
      case "dropped" ->
          reports.dropped(
              nanos,
              peer(event),
              MessageType.valueOf(event.path("type").asText()),
              DropReason.valueOf(event.path("why").asText()));
      case "notified" ->
          reports.notified(
              nanos,
              peer(event),
              event.path("sender").asInt(),
              event.path("life").asInt(),
              event.path("number").asLong());
      case "handler-failed" -> reports.handlerFailed(nanos, event.path("what").asText());
      case "state" -> state(event);
      case "error" -> node.failed(event.path("what").asText());
      default -> {
        // What later agents may say.
      }
    }
  }

  /** Its listener is told after its session was there; much later where processors are busy. */
  private void connected(long nanos, long sinceNanos, JsonNode event) {
    FarPeer peer =
        new FarPeer(
            event.path("peer").asInt(),
            NodeId.parse(event.path("id").asText()),
            NodeType.valueOf(event.path("type").asText()),
            Direction.valueOf(event.path("direction").asText()),
            NodeId.parse(event.path("address").asText()).socketAddress(),
            sinceNanos);
    synchronized (this) {
      peers.put(peer.number(), peer);
    }
    node.sessions().opened(node.index(), peer, runTime.applyAsLong(sinceNanos));
    reports.connected(nanos, peer);
  }

  private void disconnected(long nanos, JsonNode event) {
    FarPeer peer;
    synchronized (this) {
      peer = peers.remove(event.path("peer").asInt());
    }
    if (peer != null) {
      peer.gone();
      node.sessions().closed(node.index(), peer, nanos);
      reports.disconnected(nanos, peer, why(event));
    }
  }

  private static CloseReason why(JsonNode event) {
    return new CloseReason(
        CloseReason.Code.valueOf(event.path("reason").asText()), event.path("detail").asText());
  }

  private static Ban ban(JsonNode event) {
    return new Ban(
        NodeId.parse(event.path("address").asText() + ":1").address(),
        event.path("bits").asInt(),
        Instant.parse(event.path("until").asText()),
        event.path("why").asText());
  }

  private static Command command(JsonNode event) {
    return Command.of(event.path("command").asInt());
  }

  private static long index(JsonNode event) {
    return event.path("index").asLong();
  }

  /** Null if it is none that there is. */
  private synchronized FarPeer peer(JsonNode event) {
    return peers.get(event.path("peer").asInt(-1));
  }

  private synchronized void state(JsonNode event) {
    try {
      statistics =
          ControlLine.mapper().treeToValue(event.path("statistics"), ManagerStatistics.class);
      for (Map.Entry<String, JsonNode> one : event.path("peers").properties()) {
        FarPeer peer = peers.get(Integer.parseInt(one.getKey()));
        if (peer != null) {
          peer.told(ControlLine.mapper().treeToValue(one.getValue(), PeerStatistics.class));
        }
      }
    } catch (JsonProcessingException cause) {
      throw new IllegalStateException("an agent of another version", cause);
    }
    event
        .path("delayed")
        .properties()
        .forEach(one -> delayed.put(Integer.parseInt(one.getKey()), one.getValue().asLong()));
  }
}
