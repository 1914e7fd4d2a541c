package bdk.p2p.simulator.cli;

import bdk.p2p.manager.Manager;
import bdk.p2p.manager.ManagerBuilder;
import bdk.p2p.manager.ManagerOptions;
import bdk.p2p.manager.TlsOptions;
import bdk.p2p.message.Command;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.NodeType;
import bdk.p2p.message.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bdk-sim node}: one node on real sockets, JSON out, commands in. */
@picocli.CommandLine.Command(
    name = "node",
    description = {
      "Runs one node on real sockets. Standard output carries one JSON object a line.",
      "Standard input takes, one a line:",
      "  peers | ping PEER | nodes PEER | info PEER | request PEER COMMAND HEX",
      "  broadcast COMMAND HEX | notify PEER COMMAND HEX | connect PEER | disconnect PEER | quit",
      "PEER is an address like 127.0.0.1:7000, COMMAND a decimal number."
    },
    mixinStandardHelpOptions = true)
final class NodeCommand implements Callable<Integer> {
  @Option(
      names = "--listen",
      required = true,
      paramLabel = "HOST:PORT",
      converter = HostAndPort.class,
      description = "Where to listen; port 0 for any free one.")
  private NodeId listen;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      defaultValue = "normal",
      description = "normal or discovery; default ${DEFAULT-VALUE}.")
  private NodeType type;

  @Option(
      names = "--peer",
      paramLabel = "HOST:PORT",
      converter = HostAndPort.class,
      description = "A node to stay connected with; may be repeated.")
  private List<NodeId> peers = List.of();

  @Option(
      names = "--min",
      paramLabel = "N",
      description = "NORMAL peers below which it looks for more; default 8, or --max if lower.")
  private Optional<Integer> min = Optional.empty();

  @Option(names = "--max", paramLabel = "N", description = "The most peers; default 125.")
  private Optional<Integer> max = Optional.empty();

  @Mixin private TlsChoice tls;

  @Option(names = "--quiet", description = "Prints no broadcasts and notifications.")
  private boolean quiet;

  @Override
  public Integer call() {
    JsonLines out = new JsonLines(System.out);
    Manager node = start(out);
    CountDownLatch stopped = new CountDownLatch(1);
    Thread hook = new Thread(() -> stop(node, stopped), "bdk-sim-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    out.event("listening", "address", node.listening().orElseThrow().toString());
    if (readCommands(new NodeConsole(node, out))) {
      Runtime.getRuntime().removeShutdownHook(hook);
      node.close();
      return 0;
    }
    // Input is closed: the node goes on until it is told to stop by a signal.
    awaitForever(stopped);
    return 0;
  }

  private Manager start(JsonLines out) {
    Optional<TlsOptions> secure = tls.options();
    ManagerBuilder builder =
        Manager.builder()
            .type(type)
            .listen(listen.address().getHostAddress(), listen.port())
            .options(options())
            .listener(new JsonListener(out, secure.isPresent()));
    seeds(builder);
    secure.ifPresent(
        options -> {
          builder.tls(options);
          out.event("tls", "identity", options.identity().toString());
        });
    if (type == NodeType.NORMAL) {
      serve(builder, out);
    }
    try {
      return builder.start();
    } catch (UncheckedIOException cause) {
      throw new UsageException("--listen: " + cause.getCause().getMessage());
    }
  }

  private void seeds(ManagerBuilder builder) {
    try {
      peers.forEach(builder::seed);
    } catch (IllegalArgumentException cause) {
      throw new UsageException("--peer: " + cause.getMessage());
    }
  }

  private ManagerOptions options() {
    int most = max.orElse(ManagerOptions.defaults().maxPeers());
    int least = min.orElse(Math.min(ManagerOptions.defaults().minPeers(), most));
    try {
      return ManagerOptions.builder().minPeers(least).maxPeers(most).build();
    } catch (IllegalArgumentException cause) {
      throw new UsageException("--min, --max: " + cause.getMessage());
    }
  }

  private void serve(ManagerBuilder builder, JsonLines out) {
    builder
        .onRequest(
            command -> command.code() >= Command.FIRST_FREE, (peer, request) -> request.payload())
        .onBroadcast(
            command -> true,
            (peer, broadcast) -> {
              print(out, "broadcast", peer.id(), broadcast);
              return Verdict.RELAY;
            })
        .onNotification(
            command -> true,
            (peer, notification) -> print(out, "notification", peer.id(), notification));
  }

  private void print(JsonLines out, String event, NodeId peer, bdk.p2p.message.Message message) {
    if (!quiet) {
      out.event(
          event,
          "peer",
          peer.toString(),
          "command",
          message.command().code(),
          "payload",
          Hex.of(message.payload()));
    }
  }

  /** True if told to quit, false at the end of the input. */
  private static boolean readCommands(NodeConsole console) {
    try {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.strip().equals("quit")) {
          return true;
        }
        console.execute(line);
      }
    } catch (IOException inputIsGone) {
      // As good as closed.
    }
    return false;
  }

  private static void stop(Manager node, CountDownLatch stopped) {
    node.close();
    stopped.countDown();
  }

  private static void awaitForever(CountDownLatch stopped) {
    try {
      stopped.await();
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }
}
