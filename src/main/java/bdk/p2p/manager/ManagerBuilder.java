package bdk.p2p.manager;

import bdk.p2p.environment.Environment;
import bdk.p2p.environment.SystemEnvironment;
import bdk.p2p.environment.Transport;
import bdk.p2p.message.ChainHead;
import bdk.p2p.message.Command;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.NodeType;
import bdk.p2p.message.PeerIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Describes a node and starts it. For one thread. Commands without a handler are dropped and
 * counted; Ping, Info, RequestNodes and NotifyInfo are the core's own and take no handlers.
 */
public final class ManagerBuilder {
  private static final Duration BIND_LIMIT = Duration.ofSeconds(10);

  private final Handlers handlers = new Handlers();
  private final Map<Command, CommandOptions> commands = new LinkedHashMap<>();
  private final List<NodeId> seeds = new ArrayList<>();
  private NodeType type = NodeType.NORMAL;
  private ManagerOptions options = ManagerOptions.defaults();
  private Optional<InetSocketAddress> listen = Optional.empty();
  private Optional<NodeId> announced = Optional.empty();
  private Supplier<ChainHead> chainHead = () -> ChainHead.ZERO;
  private final List<NodeListener> listeners = new ArrayList<>();
  private Optional<Environment> environment = Optional.empty();
  private Optional<Path> storage = Optional.empty();
  private final Map<NodeId, PeerIdentity> expected = new LinkedHashMap<>();
  private Optional<AdmissionRule> admission = Optional.empty();
  private Optional<TlsOptions> tls = Optional.empty();
  private boolean started;

  ManagerBuilder() {}

  /**
   * Listens there; without it the node only dials.
   *
   * @param host an address of this host, {@code 0.0.0.0} or {@code ::} for all
   * @param port 0 for any free port
   */
  public ManagerBuilder listen(String host, int port) {
    if (port < 0 || port > 0xffff) {
      throw new IllegalArgumentException("port " + port + " is not within 0 to 65535");
    }
    listen = Optional.of(InetSocketAddress.createUnresolved(host, port));
    return this;
  }

  /** Wants to be known by another id than where it listens, behind a NAT for instance. */
  public ManagerBuilder announce(NodeId id) {
    announced = Optional.of(id);
    return this;
  }

  /** What the node serves; NORMAL by default. A DISCOVERY node takes no handlers. */
  public ManagerBuilder type(NodeType value) {
    type = Objects.requireNonNull(value, "type");
    return this;
  }

  /** A node to stay connected with: a discovery node, or any other to begin with. */
  public ManagerBuilder seed(NodeId id) {
    if (!id.isDialable()) {
      throw new IllegalArgumentException("nothing can listen at the seed " + id);
    }
    seeds.add(id);
    return this;
  }

  /**
   * A node to stay connected with, and who it must prove to be; takes {@link #tls}. Nobody else
   * becomes a peer by that id, whoever dials.
   */
  public ManagerBuilder seed(NodeId id, PeerIdentity identity) {
    Objects.requireNonNull(identity, "identity");
    seed(id);
    expected.put(id, identity);
    return this;
  }

  /** Speaks TLS, and nothing else, with every peer. Without it the node speaks plaintext. */
  public ManagerBuilder tls(TlsOptions value) {
    tls = Optional.of(value);
    return this;
  }

  /** Who may become a peer; everybody without it. Asked after TLS has let the peer through. */
  public ManagerBuilder admission(AdmissionRule rule) {
    admission = Optional.of(rule);
    return this;
  }

  /** All bounds and times. */
  public ManagerBuilder options(ManagerOptions value) {
    options = Objects.requireNonNull(value, "options");
    return this;
  }

  /** What is special about one command: payload bound, deadline, priority. */
  public ManagerBuilder command(Command command, CommandOptions value) {
    commands.put(
        Objects.requireNonNull(command, "command"), Objects.requireNonNull(value, "options"));
    return this;
  }

  /**
   * Answers the requests of a command at once.
   *
   * @throws IllegalArgumentException if the command has such a handler or is the core's own
   */
  public ManagerBuilder onRequest(Command command, RequestHandler handler) {
    return onRequestAsync(command, answeringNow(handler));
  }

  /**
   * Answers the requests of a command later. Throws like {@link #onRequest(Command,
   * RequestHandler)}.
   */
  public ManagerBuilder onRequestAsync(Command command, AsyncRequestHandler handler) {
    handlers.requests.put(command, Objects.requireNonNull(handler, "handler"));
    return this;
  }

  /**
   * Answers the requests of all these commands that have no handler of their own; the first rule
   * counts.
   */
  public ManagerBuilder onRequest(Predicate<Command> which, RequestHandler handler) {
    handlers.requests.put(which, answeringNow(handler));
    return this;
  }

  /**
   * Judges the broadcasts of a command at once. Throws like {@link #onRequest(Command,
   * RequestHandler)}.
   */
  public ManagerBuilder onBroadcast(Command command, BroadcastHandler handler) {
    return onBroadcastAsync(command, judgingNow(handler));
  }

  /**
   * Judges the broadcasts of a command later. Throws like {@link #onRequest(Command,
   * RequestHandler)}.
   */
  public ManagerBuilder onBroadcastAsync(Command command, AsyncBroadcastHandler handler) {
    handlers.broadcasts.put(command, Objects.requireNonNull(handler, "handler"));
    return this;
  }

  /**
   * Judges the broadcasts of all these commands that have no handler of their own; the first rule
   * counts.
   */
  public ManagerBuilder onBroadcast(Predicate<Command> which, BroadcastHandler handler) {
    handlers.broadcasts.put(which, judgingNow(handler));
    return this;
  }

  /**
   * Takes the notifications of a command. Throws like {@link #onRequest(Command, RequestHandler)}.
   */
  public ManagerBuilder onNotification(Command command, NotificationHandler handler) {
    handlers.notifications.put(command, Objects.requireNonNull(handler, "handler"));
    return this;
  }

  /**
   * Takes the notifications of all these commands that have no handler of their own; the first rule
   * counts.
   */
  public ManagerBuilder onNotification(Predicate<Command> which, NotificationHandler handler) {
    handlers.notifications.put(which, Objects.requireNonNull(handler, "handler"));
    return this;
  }

  private static AsyncRequestHandler answeringNow(RequestHandler handler) {
    Objects.requireNonNull(handler, "handler");
    return (peer, request) -> CompletableFuture.completedFuture(handler.handle(peer, request));
  }

  private static AsyncBroadcastHandler judgingNow(BroadcastHandler handler) {
    Objects.requireNonNull(handler, "handler");
    return (peer, broadcast) -> CompletableFuture.completedFuture(handler.handle(peer, broadcast));
  }

  /**
   * Where the application's chain stands, never null; asked on workers about once a second, and by
   * {@link Manager#requestInfo} on its caller's thread. Where it throws, that announcement is left
   * out, or that stage fails. Zeros by default.
   */
  public ManagerBuilder chainHead(Supplier<ChainHead> value) {
    chainHead = Objects.requireNonNull(value, "chainHead");
    return this;
  }

  /** Who hears of peers and dropped messages; after those that were named before. */
  public ManagerBuilder listener(NodeListener value) {
    listeners.add(Objects.requireNonNull(value, "listener"));
    return this;
  }

  /**
   * A folder of the node's own, where it keeps what it finds again when it is started anew: its
   * bans. It is made if need be. Without it they are forgotten with the node; in a simulated world
   * the simulated machine keeps them instead.
   */
  public ManagerBuilder storage(Path folder) {
    storage = Optional.of(folder);
    return this;
  }

  /**
   * Lets the node run in a world of the simulator's. Of no use to anybody else: no other module can
   * name the type.
   */
  @SuppressWarnings("exports")
  public ManagerBuilder environment(Environment value) {
    environment = Optional.of(value);
    return this;
  }

  /**
   * Starts the node. Returns when it listens. A builder starts one node.
   *
   * @throws UncheckedIOException if it cannot listen there, or if what the storage has cannot be
   *     read or is damaged: the message names file and line, and the file is left as it is
   * @throws IllegalArgumentException if the payload bound of a command is above a bound on all
   *     payloads together
   * @throws IllegalStateException if the transport is not available on this machine, a seed's
   *     identity is given without TLS, or a discovery node is given handlers
   * @throws CompletionException with an {@link InterruptedException} as its cause if it is to
   *     listen and the calling thread is interrupted, which it stays
   */
  public Manager start() {
    if (started) {
      throw new IllegalStateException("this builder has started its node already");
    }
    if (tls.isEmpty() && !expected.isEmpty()) {
      throw new IllegalStateException("the identity of a seed cannot be expected without TLS");
    }
    if (type == NodeType.DISCOVERY && !handlers.areNone()) {
      throw new IllegalStateException(
          "a discovery node serves Ping and RequestNodes only: it takes no handlers");
    }
    started = true;
    Environment world = environment.orElseGet(this::systemEnvironment);
    try {
      return start(world);
    } catch (RuntimeException failure) {
      world.close(options.stopTimeout());
      throw failure;
    }
  }

  private Environment systemEnvironment() {
    String name = "bdk-p2p" + listen.map(address -> "-" + address.getPort()).orElse("");
    return new SystemEnvironment(
        name,
        Transport.valueOf(options.transport().name()),
        options.ioThreads(),
        options.workerThreads(),
        storage);
  }

  private Manager start(Environment world) {
    Optional<Server> server = listen.map(address -> new Server(world));
    Optional<NodeId> listening =
        listen
            .map(address -> resolve(world, address))
            .map(address -> NodeId.of(bind(world, server.orElseThrow(), address)));
    Node node = new Node(settings(), world, listening);
    server.ifPresent(one -> one.serve(node.sessionContext(), node.tls(), node::admits));
    node.start();
    return new Manager(world, options, node, server, listening);
  }

  private static InetSocketAddress resolve(Environment world, InetSocketAddress address) {
    try {
      InetAddress first = world.resolve(address.getHostString()).get(0);
      return new InetSocketAddress(first, address.getPort());
    } catch (UnknownHostException cause) {
      throw new UncheckedIOException(
          "cannot listen on " + address.getHostString() + ": the name has no address", cause);
    }
  }

  private static InetSocketAddress bind(
      Environment world, Server server, InetSocketAddress address) {
    if (Thread.currentThread().isInterrupted()) {
      // Not left to the wait, which need not be one: the socket may listen at once.
      throw new CompletionException(new InterruptedException("before it listened on " + address));
    }
    try {
      return world.await(server.bind(address), BIND_LIMIT);
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof IOException cause
          ? new UncheckedIOException(cause)
          : failure;
    } catch (TimeoutException late) {
      throw new UncheckedIOException(
          new IOException(
              "cannot listen on " + address + " within " + BIND_LIMIT.toSeconds() + " s"));
    }
  }

  private NodeSettings settings() {
    return new NodeSettings(
        type,
        options,
        Map.copyOf(commands),
        handlers,
        listeners.isEmpty() ? List.of(new NodeListener() {}) : List.copyOf(listeners),
        chainHead,
        List.copyOf(seeds),
        new LinkedHashMap<>(expected),
        admission,
        tls,
        announced);
  }
}
