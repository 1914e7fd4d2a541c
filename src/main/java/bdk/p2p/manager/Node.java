package bdk.p2p.manager;

import bdk.p2p.broadcast.KnownBroadcasts;
import bdk.p2p.broadcast.Relay;
import bdk.p2p.budget.NodeBudgets;
import bdk.p2p.discovery.DiscoveryLimits;
import bdk.p2p.discovery.DiscoveryWorker;
import bdk.p2p.discovery.InfoAnnouncer;
import bdk.p2p.discovery.Network;
import bdk.p2p.dispatch.Dispatcher;
import bdk.p2p.environment.Environment;
import bdk.p2p.identity.TlsProfile;
import bdk.p2p.message.Answer;
import bdk.p2p.message.Broadcast;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.CloseReason.Code;
import bdk.p2p.message.Command;
import bdk.p2p.message.DropReason;
import bdk.p2p.message.Message;
import bdk.p2p.message.Misbehaviour;
import bdk.p2p.message.NodeEntry;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.NodeType;
import bdk.p2p.message.RequestOutcome;
import bdk.p2p.peer.AddressBook;
import bdk.p2p.peer.NodeListing;
import bdk.p2p.peer.OwnIdentity;
import bdk.p2p.peer.PeerLimits;
import bdk.p2p.peer.SessionRegistry;
import bdk.p2p.session.InboundRates;
import bdk.p2p.session.Outbound;
import bdk.p2p.session.Session;
import bdk.p2p.session.SessionContext;
import bdk.p2p.session.SessionLimits;
import bdk.p2p.session.TrafficCounters;
import bdk.p2p.wire.NodeListCodec;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One running node: the floors below, put together. Any thread; whole once constructed, started by
 * {@link #start}.
 */
final class Node implements Network, Relay.Drops, PeerBook.Consequences, NodeGuard.Consequences {
  /** Of how many peers that it wants a node dials one itself, however many dial it. */
  private static final int ONE_DIALLED_IN = 4;

  private final ManagerOptions options;
  private final Environment environment;
  private final Counters<RequestOutcome> requests = new Counters<>(RequestOutcome.class);
  private final Counters<DropReason> drops = new Counters<>(DropReason.class);
  private final TrafficCounters traffic = new TrafficCounters();
  private final NodeBudgets budgets;
  private final CommandTable commands;
  private final InboundRates rates;
  private final OwnIdentity self;
  private final NodeListener listener;
  private final NodeGuard guard;
  private final Handles handles;
  private final NodeRoutes routes;
  private final Dispatcher dispatcher;
  private final PeerBook peers;
  private final SessionRegistry registry;
  private final Relay relay;
  private final InfoAnnouncer announcer;
  private final DiscoveryWorker discovery;
  private final AddressBook addresses;
  private final Dialler dialler;
  private final Optional<TlsProfile> tls;
  private final SessionContext sessions;
  private final NodeType type;
  private final EventLoop control;
  private volatile boolean stopping;

  /**
   * Reads what the node's storage has; may block.
   *
   * @throws java.io.UncheckedIOException if that cannot be read or is damaged
   */
  Node(NodeSettings settings, Environment environment, Optional<NodeId> listening) {
    this.options = settings.options();
    this.environment = environment;
    this.type = settings.type();
    this.budgets =
        NodeBudgets.of(
            options.totalInboxMessages(),
            options.totalInboxBytes(),
            options.totalArrivingBytes(),
            options.totalOutboundBytes());
    this.commands = new CommandTable(options, settings.commands());
    this.guard = new NodeGuard(options.guard(), environment, this);
    this.rates = commands.rates(guard::isExempt);
    this.self = new OwnIdentity(listening, settings.announced(), environment.localAddresses());
    this.addresses = new AddressBook(options.knownAddresses(), environment.random());
    Door door = new Door(settings.expected(), settings.admission(), environment.workers());
    this.tls = settings.tls().map(options -> options.profile(environment));
    Map<Long, Session> pingIds = new ConcurrentHashMap<>();
    this.listener = new GuardedListener(settings.listeners(), environment::listenerThrew);
    this.handles = new Handles(options.addressesPerAnswer());
    this.routes =
        new NodeRoutes(type, settings.handlers(), commands, handles::of, drops, listener, guard);
    this.dispatcher =
        new Dispatcher(environment.workers(), environment::nanoTime, commands, routes);
    this.peers = new PeerBook(handles, dispatcher, listener, this);
    this.registry =
        new SessionRegistry(
            peerLimits(settings),
            environment.random(),
            guard::barred,
            options.probeTimeout(),
            budgets,
            self,
            dispatcher,
            peers,
            environment::nanoTime,
            pingIds,
            door);
    KnownBroadcasts known =
        environment.common(
            KnownBroadcasts.class, () -> new KnownBroadcasts(environment.allocator()));
    this.relay = new Relay(registry, options.seenBroadcasts(), known, this);
    this.control = environment.eventLoops().next();
    NodeListing listing =
        new NodeListing(
            registry, commands.nodesInAnswer(), commands.nodesInInfo(), environment.random());
    this.announcer =
        new InfoAnnouncer(
            control,
            environment,
            registry,
            listing,
            relay,
            settings.chainHead(),
            options.infoInterval());
    routes.serveWith(listing, relay, announcer);
    this.sessions =
        new SessionContext(
            environment,
            sessionLimits(options),
            commands,
            relay.originals(),
            type,
            self.announcedPort(),
            registry,
            budgets,
            rates,
            traffic,
            pingIds);
    this.dialler =
        new Dialler(
            environment,
            this::onWorker,
            handles,
            self,
            guard,
            door,
            addresses,
            peers,
            new ClientFactory(environment, sessions, tls, options.connectTimeout(), listening),
            options.maxDials(),
            () -> stopping);
    this.discovery =
        new DiscoveryWorker(
            control,
            environment,
            discoveryLimits(options),
            addresses,
            settings.seeds(),
            type == NodeType.NORMAL,
            this);
  }

  /** A discovery node dials its seeds and nobody else: it need not keep room for more. */
  private PeerLimits peerLimits(NodeSettings settings) {
    int slots =
        type == NodeType.NORMAL
            ? options.outboundSlots()
            : Math.min(options.outboundSlots(), settings.seeds().size());
    return new PeerLimits(
        options.maxPeers(),
        slots,
        options.inboundPerNetwork(),
        options.maxHandshakes(),
        guard::isExempt);
  }

  private static SessionLimits sessionLimits(ManagerOptions options) {
    return new SessionLimits(
        options.handshakeTimeout(),
        options.frameTimeout(),
        options.idleTimeout(),
        options.writeStallTimeout(),
        options.outboundMessages(),
        options.outboundBytes(),
        options.inboxMessages(),
        options.inboxBytes(),
        options.pendingRequests());
  }

  private static DiscoveryLimits discoveryLimits(ManagerOptions options) {
    return new DiscoveryLimits(
        options.minPeers(),
        Math.min(options.minPeers() / ONE_DIALLED_IN, options.outboundSlots()),
        options.maxPeers(),
        options.maxDials(),
        options.discoveryInterval(),
        options.discoveryRestingInterval());
  }

  void start() {
    if (type == NodeType.NORMAL) {
      announcer.start();
    }
    discovery.start();
  }

  @Override
  public void seenBefore(Session from, Broadcast broadcast) {
    routes.dropped(from, broadcast, DropReason.ALREADY_SEEN);
  }

  @Override
  public void rejected(Session from, Broadcast broadcast) {
    guard.misbehaved(
        from,
        Misbehaviour.REJECTED_BROADCAST,
        broadcast.command() + " " + broadcast.id() + ", " + broadcast.payloadBytes() + " bytes");
  }

  @Override
  public void noRoom(Session to, Broadcast broadcast) {
    dropUnshared(to, broadcast, DropReason.QUEUE_FULL);
  }

  @Override
  public void dropped(Session session, Outbound message, DropReason reason) {
    dropUnshared(session, message.message(), reason);
  }

  /** Counted at once, told if the listener keeps up: nothing of a peer's share bounds these. */
  private void dropUnshared(Session session, Message message, DropReason reason) {
    drops.count(reason);
    dispatcher.inOrderIfRoom(session, () -> routes.tellDropped(session, message, reason));
  }

  /** Runs the task on a worker, or here if the workers have ended. */
  void onWorker(Runnable task) {
    try {
      environment.workers().execute(task);
    } catch (RejectedExecutionException stopped) {
      task.run();
    }
  }

  // ---- parts, for the manager ----

  SessionContext sessionContext() {
    return sessions;
  }

  /** The TLS beneath this node's sessions, if it speaks TLS. */
  Optional<TlsProfile> tls() {
    return tls;
  }

  SessionRegistry registry() {
    return registry;
  }

  CommandTable commands() {
    return commands;
  }

  Relay relay() {
    return relay;
  }

  /** True if the handle is one of this node's. */
  boolean owns(SessionPeer peer) {
    return peer.isOf(handles);
  }

  NodeType type() {
    return type;
  }

  InfoAnnouncer announcer() {
    return announcer;
  }

  ManagerStatistics statistics() {
    return new ManagerStatistics(
        registry.count(),
        relay.remembered(),
        addresses.count(),
        budgets.arrivingBytes().taken(),
        budgets.inboxBytes().taken(),
        budgets.outboundBytes().taken(),
        traffic.messagesIn(),
        traffic.messagesOut(),
        traffic.bytesIn(),
        traffic.bytesOut(),
        relay.firstSights(),
        relay.duplicates(),
        relay.rejected(),
        requests.snapshot(RequestOutcome.class),
        drops.snapshot(DropReason.class),
        rates.slowed(),
        peers.disconnections(),
        peers.refusals(),
        guard.misbehaviours(),
        guard.bansMade());
  }

  // ---- the guard ----

  NodeGuard guard() {
    return guard;
  }

  /** Whether a connection that comes from there may become a session; if not, it is counted. */
  boolean admits(InetSocketAddress from) {
    Optional<CloseReason> refusal = guard.refuse(from.getAddress());
    refusal.ifPresent(reason -> peers.refused(from, reason));
    return refusal.isEmpty();
  }

  @Override
  public void closed(Session session, CloseReason reason) {
    guard.closed(session, reason);
  }

  @Override
  public void closeSessions(Predicate<InetAddress> addresses, CloseReason reason) {
    registry.close(addresses, reason);
  }

  @Override
  public void tell(Consumer<NodeListener> news) {
    dispatcher.news(() -> news.accept(listener));
  }

  // ---- requests ----

  RequestFuture request(SessionPeer peer, Command command, ByteBuffer payload, Duration limit) {
    RequestFuture future =
        new RequestFuture(
            peer.id(), command, commands.isLight(command), environment, requests::count);
    if (stopping) {
      future.settle(RequestOutcome.MANAGER_CLOSED, null);
    } else {
      long deadline = environment.nanoTime() + limit.toNanos();
      future.onCancel(
          peer.session()
              .request(command, payload, deadline, commands.isUrgent(command), future.waiter()));
    }
    return future;
  }

  // ---- dialling ----

  Dialler dialler() {
    return dialler;
  }

  @Override
  public void dial(NodeId id) {
    if (self.isSelf(id)) {
      addresses.addOwn(id);
    } else {
      dialler.connect(id);
    }
  }

  /** The peer of this id, if it is connected. */
  Optional<Peer> find(NodeId id) {
    return handles.find(id).map(Peer.class::cast);
  }

  @Override
  public void dialSucceeded(Session session, Peer peer) {
    dialler.succeeded(session, peer);
  }

  @Override
  public void dialFailed(NodeId id, CloseReason reason) {
    dialler.failed(id, reason);
    if (!stopping) {
      discovery.dialFailed();
    }
  }

  @Override
  public void peerGone(NodeId id) {
    addresses.ended(id, environment.nanoTime());
  }

  /** After a random while, so that the two sides do not meet again; whoever is first wins. */
  @Override
  public void dialAgain(NodeId id) {
    long nanos = options.probeTimeout().toNanos();
    long delay = nanos / 10 + environment.random().nextLong(nanos / 2 + 1);
    control.schedule(() -> dialler.connect(id), delay, TimeUnit.NANOSECONDS);
  }

  @Override
  public void foundSelf(NodeId id) {
    addresses.addOwn(id);
  }

  @Override
  public void peersChanged() {
    announceSoon();
    if (!stopping) {
      discovery.hurry();
    }
  }

  void announceSoon() {
    if (!stopping && type == NodeType.NORMAL) {
      announcer.changed();
    }
  }

  @Override
  public List<Session> sessions() {
    return registry.sessions();
  }

  @Override
  public int peers() {
    return registry.count();
  }

  @Override
  public boolean hasNormalPeers(int count) {
    return registry.hasNormal(count);
  }

  @Override
  public int dialledPeers() {
    return registry.dialledNormal();
  }

  @Override
  public boolean isBusy(NodeId id) {
    return dialler.isDialling(id)
        || registry.session(id).isPresent()
        || guard.barred(id.address()).isPresent();
  }

  @Override
  public int dialing() {
    return dialler.count();
  }

  @Override
  public void askForNodes(Session session, Consumer<List<NodeEntry>> answer) {
    request(
            handles.of(session),
            Command.REQUEST_NODES,
            ByteBuffer.allocate(0),
            commands.deadline(Command.REQUEST_NODES))
        .thenApply(this::nodes)
        .thenAccept(answer);
  }

  List<NodeEntry> nodes(Answer answer) {
    return NodeListCodec.decode(answer.payload(), options.addressesPerAnswer());
  }

  // ---- the end ----

  /** Closes every session, each when what it has is written; the stage ends when all are closed. */
  CompletableFuture<Void> closeSessions(Duration limit) {
    stopping = true;
    discovery.stop();
    announcer.stop();
    CloseReason reason = CloseReason.of(Code.MANAGER_CLOSED);
    registry.close().forEach(session -> session.closeAfterWriting(reason, limit));
    dialler.endAll(reason);
    CompletableFuture<Void> lastWords =
        tls.map(TlsProfile::end).orElseGet(() -> CompletableFuture.completedFuture(null));
    return CompletableFuture.allOf(peers.allGone(), lastWords);
  }
}
