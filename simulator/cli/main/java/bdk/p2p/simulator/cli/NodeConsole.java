package bdk.p2p.simulator.cli;

import bdk.p2p.manager.BroadcastResult;
import bdk.p2p.manager.Manager;
import bdk.p2p.manager.Peer;
import bdk.p2p.message.Command;
import bdk.p2p.message.NodeEntry;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.NodeInfo;
import bdk.p2p.message.SendResult;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Carries out the commands that come on standard input; every outcome is an event. For one thread.
 */
final class NodeConsole {
  private static final Map<String, Integer> ARGUMENTS =
      Map.of(
          "peers",
          0,
          "ping",
          1,
          "nodes",
          1,
          "info",
          1,
          "connect",
          1,
          "disconnect",
          1,
          "broadcast",
          2,
          "request",
          3,
          "notify",
          3);

  private final Manager node;
  private final JsonLines out;

  NodeConsole(Manager node, JsonLines out) {
    this.node = node;
    this.out = out;
  }

  void execute(String line) {
    String[] words = line.strip().split("\\s+");
    if (words[0].isEmpty()) {
      return;
    }
    try {
      check(words);
      run(words);
    } catch (IllegalArgumentException | IllegalStateException cause) {
      error(words[0], cause);
    }
  }

  private static void check(String[] words) {
    Integer wanted = ARGUMENTS.get(words[0]);
    if (wanted == null) {
      throw new IllegalArgumentException(
          "unknown command, expected one of peers, ping, nodes, info, request, broadcast, notify,"
              + " connect, disconnect, quit");
    }
    // An empty payload has no digits.
    int least = words[0].matches("request|broadcast|notify") ? wanted - 1 : wanted;
    if (words.length - 1 < least || words.length - 1 > wanted) {
      throw new IllegalArgumentException(
          "expected " + wanted + " arguments, found " + (words.length - 1));
    }
  }

  private void run(String[] words) {
    switch (words[0]) {
      case "peers" -> out.event("peers", "peers", node.peers().stream().map(this::shown).toList());
      case "ping" -> ping(peer(words[1]));
      case "nodes" -> nodes(peer(words[1]));
      case "info" -> info(peer(words[1]));
      case "request" -> request(peer(words[1]), command(words[2]), payload(words, 3));
      case "broadcast" -> broadcast(command(words[1]), payload(words, 2));
      case "notify" -> notify(peer(words[1]), command(words[2]), payload(words, 3));
      case "connect" -> connect(id(words[1]));
      default -> disconnect(peer(words[1]));
    }
  }

  private Map<String, Object> shown(Peer peer) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("peer", peer.id().toString());
    fields.put("type", peer.type().name().toLowerCase(Locale.ROOT));
    fields.put("direction", peer.direction().name().toLowerCase(Locale.ROOT));
    return fields;
  }

  private void ping(Peer peer) {
    report("ping", node.ping(peer), time -> answer("ping", peer, "micros", time.toNanos() / 1000));
  }

  private void nodes(Peer peer) {
    report("nodes", node.requestNodes(peer), list -> answer("nodes", peer, "nodes", shown(list)));
  }

  private void info(Peer peer) {
    report("info", node.requestInfo(peer), info -> answer("info", peer, shown(info)));
  }

  private void request(Peer peer, Command command, ByteBuffer payload) {
    report(
        "request",
        node.request(peer, command, payload),
        answer ->
            answer(
                "request", peer, "command", command.code(), "payload", Hex.of(answer.payload())));
  }

  private void broadcast(Command command, ByteBuffer payload) {
    BroadcastResult result = node.broadcast(command, payload);
    out.event(
        "answer",
        "to",
        "broadcast",
        "id",
        result.id().toString(),
        "peers",
        result.peers().size(),
        "queued",
        result.queued());
  }

  private void notify(Peer peer, Command command, ByteBuffer payload) {
    SendResult result = node.notify(peer, command, payload);
    if (result == SendResult.QUEUED) {
      answer("notify", peer);
    } else {
      out.event("error", "to", "notify", "reason", result.name());
    }
  }

  private void connect(NodeId id) {
    report("connect", node.connect(id), peer -> answer("connect", peer));
  }

  private void disconnect(Peer peer) {
    report("disconnect", node.disconnect(peer), gone -> answer("disconnect", peer));
  }

  private <T> void report(String to, CompletionStage<T> stage, Consumer<T> success) {
    stage.whenComplete(
        (value, failure) -> {
          if (failure != null) {
            error(to, failure);
          } else {
            success.accept(value);
          }
        });
  }

  private void answer(String to, Peer peer, Object... fields) {
    Object[] all = new Object[fields.length + 4];
    all[0] = "to";
    all[1] = to;
    all[2] = "peer";
    all[3] = peer.id().toString();
    System.arraycopy(fields, 0, all, 4, fields.length);
    out.event("answer", all);
  }

  private void error(String to, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    out.event("error", "to", to, "reason", String.valueOf(cause.getMessage()));
  }

  private static List<Map<String, Object>> shown(List<NodeEntry> nodes) {
    return nodes.stream()
        .map(
            entry -> {
              Map<String, Object> fields = new LinkedHashMap<>();
              fields.put("type", entry.type().name().toLowerCase(Locale.ROOT));
              fields.put("address", entry.id().toString());
              return fields;
            })
        .toList();
  }

  private static Object[] shown(NodeInfo info) {
    return new Object[] {
      "nodeVersion", Long.toUnsignedString(info.head().nodeVersion()),
      "epochMicros", info.epochMicros(),
      "height", Long.toUnsignedString(info.head().height()),
      "hash", Hex.of(info.head().hash()),
      "nodes", shown(info.peers())
    };
  }

  private Peer peer(String text) {
    NodeId id = id(text);
    return node.peer(id).orElseThrow(() -> new IllegalArgumentException("there is no peer " + id));
  }

  private static NodeId id(String text) {
    return NodeId.parse(text);
  }

  private static Command command(String text) {
    try {
      return Command.of(Integer.parseInt(text));
    } catch (IllegalArgumentException cause) {
      throw new IllegalArgumentException(
          "expected a command from 0 to 65535, found '" + text + "'");
    }
  }

  private static ByteBuffer payload(String[] words, int index) {
    return Hex.parse(index < words.length ? words[index] : "");
  }
}
