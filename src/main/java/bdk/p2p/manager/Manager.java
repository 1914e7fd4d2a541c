package bdk.p2p.manager;

import bdk.p2p.broadcast.Relay;
import bdk.p2p.environment.Environment;
import bdk.p2p.message.Answer;
import bdk.p2p.message.Ban;
import bdk.p2p.message.Broadcast;
import bdk.p2p.message.Command;
import bdk.p2p.message.Message;
import bdk.p2p.message.MessageId;
import bdk.p2p.message.MessageType;
import bdk.p2p.message.Misbehaviour;
import bdk.p2p.message.NodeEntry;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.NodeInfo;
import bdk.p2p.message.NodeType;
import bdk.p2p.message.Notification;
import bdk.p2p.message.PeerIdentity;
import bdk.p2p.message.Request;
import bdk.p2p.message.SendResult;
import bdk.p2p.session.Outbound;
import bdk.p2p.session.Session;
import bdk.p2p.session.SharedFrame;
import bdk.p2p.wire.FrameEncoder;
import bdk.p2p.wire.NodeInfoCodec;
import bdk.p2p.wire.PayloadRules;
import bdk.p2p.wire.ProtocolViolation;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/**
 * A running node: the one object through which an application talks to its network. Any thread may
 * call any method; none blocks but {@link #close}.
 *
 * <p>Payloads that are passed in are copied before the call returns. A node sends none that it
 * would not take itself: one above {@link ManagerOptions#maxPayloadBytes()}, or above the command's
 * own {@link CommandOptions#maxPayloadBytes()}, is refused at once, and an answer above it is its
 * handler's failure. Nodes of a network agree on these bounds. Futures complete, and handlers and
 * listeners run, on the node's workers; a call after {@link #close} fails on its own thread.
 */
public final class Manager implements AutoCloseable {
  private final Environment environment;
  private final MessageIds ids;
  private final ManagerOptions options;
  private final Node node;
  private final Optional<Server> server;
  private final Optional<NodeId> listening;
  private final AtomicBoolean closed = new AtomicBoolean();

  Manager(
      Environment environment,
      ManagerOptions options,
      Node node,
      Optional<Server> server,
      Optional<NodeId> listening) {
    this.environment = environment;
    this.ids = new MessageIds(environment.random().nextLong());
    this.options = options;
    this.node = node;
    this.server = server;
    this.listening = listening;
  }

  /** Begins to describe a node. */
  public static ManagerBuilder builder() {
    return new ManagerBuilder();
  }

  // ---- who is there ----

  /** Where this node listens, with the real port; empty if it does not. */
  public Optional<NodeId> listening() {
    return listening;
  }

  /** The peers connected now, the oldest first. */
  public List<Peer> peers() {
    List<Session> sessions = node.registry().sessions();
    List<Peer> peers = new ArrayList<>(sessions.size());
    for (Session session : sessions) {
      node.find(session.id()).ifPresent(peers::add);
    }
    return Collections.unmodifiableList(peers);
  }

  /** The peer of this id, if it is connected. */
  public Optional<Peer> peer(NodeId id) {
    return node.find(id);
  }

  /**
   * Connects to a node. If it is connected or being dialled already, that is the result; if it is
   * being {@linkplain #disconnect disconnected}, it is dialled anew once its session has ended.
   *
   * @return a stage with the peer; fails with a {@link DialException}
   */
  public CompletionStage<Peer> connect(NodeId id) {
    return node.dialler().connect(id);
  }

  /**
   * Connects to a node that must prove to have this identity; anybody else there is refused.
   * Otherwise like {@link #connect(NodeId)}.
   *
   * @return a stage with the peer; fails with a {@link DialException}
   * @throws IllegalStateException if this node speaks plaintext, in which nobody proves anything
   */
  public CompletionStage<Peer> connect(NodeId id, PeerIdentity expected) {
    Objects.requireNonNull(expected, "expected");
    if (node.tls().isEmpty()) {
      throw new IllegalStateException("an identity cannot be expected without TLS");
    }
    return node.dialler().connect(id, expected);
  }

  /**
   * Ends the session of a peer when what was handed over for it is written, at the latest after
   * half the stop timeout.
   *
   * @return a stage that ends when the listener has been told, after the peer's handlers: none of
   *     these may wait for it; at once if the peer is gone already
   */
  public CompletionStage<Void> disconnect(Peer peer) {
    SessionPeer one = own(peer);
    one.leave(options.stopTimeout().dividedBy(2));
    WorkerFuture<Void> told = new WorkerFuture<>(environment);
    one.gone().thenRun(() -> told.complete(null));
    return told;
  }

  // ---- who is kept out ----

  /** The bans that hold now, the first to end first. */
  public List<Ban> bans() {
    return node.guard().bans();
  }

  /**
   * Bans an address, an IPv4 address or the /64 of an IPv6 address: closes its sessions, refuses
   * its connections and dials it no more. Takes the place of a ban that it has already.
   *
   * @param time above zero, at most 365 days
   * @param why for the operator; kept as one line of at most 200 characters
   * @throws IllegalArgumentException if the time is not within its limits, or the address is a
   *     loopback address and those are {@linkplain GuardOptions#exemptLoopback exempt}
   */
  public void ban(InetAddress address, Duration time, String why) {
    node.guard().ban(address, time, why);
  }

  /** Ends the ban of an address and forgets its score; false if it has no ban. */
  public boolean unban(InetAddress address) {
    return node.guard().unban(address);
  }

  /**
   * Adds points to the score of a peer's address, for what only the application can see.
   *
   * @param points 1 to 1,000,000; {@link GuardOptions#threshold()} of them are a ban
   * @param why what was seen
   */
  public void report(Peer peer, int points, String why) {
    GuardOptions.points(points);
    Objects.requireNonNull(why, "why");
    node.guard().misbehaved(own(peer).session(), Misbehaviour.REPORTED, points, why);
  }

  // ---- asking ----

  /** {@link #request(Peer, Command, ByteBuffer, Duration)} with the command's own deadline. */
  public CompletionStage<Answer> request(Peer peer, Command command, ByteBuffer payload) {
    return request(peer, command, payload, node.commands().deadline(command));
  }

  /**
   * Sends a request. It ends exactly once; the answer counts only from this peer and with this
   * command. {@code stage.toCompletableFuture().cancel(...)} ends it early.
   *
   * @param limit how long to wait from now on, also while the request is queued
   * @return a stage with the answer; fails with a {@link RequestException} that tells the outcome
   * @throws IllegalArgumentException if the payload is above the command's bound or not what the
   *     command takes, or the peer is a discovery node and the command neither Ping nor
   *     RequestNodes
   */
  public CompletionStage<Answer> request(
      Peer peer, Command command, ByteBuffer payload, Duration limit) {
    SessionPeer one = own(peer);
    if (one.type() == NodeType.DISCOVERY
        && !command.equals(Command.PING)
        && !command.equals(Command.REQUEST_NODES)) {
      throw new IllegalArgumentException(
          one + " is a discovery node: it takes Ping and RequestNodes, not " + command);
    }
    if (limit.isNegative() || limit.compareTo(Duration.ofDays(365)) > 0) {
      throw new IllegalArgumentException("limit is " + limit + ", not within 0 to 365 days");
    }
    checkSize(MessageType.REQUEST, command, payload);
    if (command.isOfProtocol()) {
      checked(new Request(new MessageId(0), command, payload));
    }
    return node.request(one, command, payload, limit);
  }

  /** Measures the round trip to a peer. Fails like {@link #request}. */
  public CompletionStage<Duration> ping(Peer peer) {
    Session session = own(peer).session();
    long start = environment.nanoTime();
    return WorkerFuture.of(
        environment,
        request(peer, Command.PING, ByteBuffer.allocate(0)),
        answer -> {
          long nanos = environment.nanoTime() - start;
          session.roundTrip(nanos);
          return Duration.ofNanos(nanos);
        });
  }

  /**
   * Asks a peer for its peers; at most {@link ManagerOptions#addressesPerAnswer()} are returned.
   */
  public CompletionStage<List<NodeEntry>> requestNodes(Peer peer) {
    return WorkerFuture.of(
        environment, request(peer, Command.REQUEST_NODES, ByteBuffer.allocate(0)), node::nodes);
  }

  /**
   * Exchanges NodeInfo with a NORMAL peer; asks the application for its chain head on the calling
   * thread.
   *
   * @return a stage with the peer's NodeInfo; fails like that of {@link #request}, with what the
   *     chain head throws, or with a {@link NullPointerException} if that is null
   * @throws IllegalArgumentException as {@link #request}
   */
  public CompletionStage<NodeInfo> requestInfo(Peer peer) {
    own(peer);
    byte[] own;
    try {
      own = NodeInfoCodec.encode(node.announcer().current());
    } catch (RuntimeException cause) {
      WorkerFuture<NodeInfo> failed = new WorkerFuture<>(environment);
      failed.completeExceptionally(cause);
      return failed;
    }
    return WorkerFuture.of(
        environment,
        request(peer, Command.INFO, ByteBuffer.wrap(own)),
        answer -> NodeInfoCodec.decode(answer.payload(), options.addressesPerAnswer()));
  }

  // ---- telling ----

  /**
   * Sends a broadcast to every NORMAL peer; they pass it on.
   *
   * @return what became of it for each NORMAL peer; for nobody once the node is closed
   * @throws IllegalArgumentException if the payload is above the command's bound or not what the
   *     command takes
   * @throws IllegalStateException if this is a discovery node
   */
  public BroadcastResult broadcast(Command command, ByteBuffer payload) {
    requireNormal();
    checkSize(MessageType.BROADCAST, command, payload);
    Broadcast broadcast = checked(new Broadcast(command, payload));
    Map<NodeId, SendResult> peers = new LinkedHashMap<>();
    node.relay()
        .publish(
            broadcast,
            node.commands().isUrgent(command),
            (session, result) -> peers.put(session.id(), result));
    return new BroadcastResult(broadcast.id(), peers);
  }

  /**
   * Sends a notification to one NORMAL peer.
   *
   * @throws IllegalArgumentException if the payload is above the command's bound or not what the
   *     command takes, or the peer is a discovery node
   * @throws IllegalStateException if this is a discovery node
   */
  public SendResult notify(Peer peer, Command command, ByteBuffer payload) {
    requireNormal();
    SessionPeer one = own(peer);
    if (one.type() == NodeType.DISCOVERY) {
      throw new IllegalArgumentException(one + " is a discovery node: it takes no notifications");
    }
    checkSize(MessageType.NOTIFICATION, command, payload);
    if (!command.isOfProtocol() && one.session().isFullFor(payload.remaining())) {
      // Nothing else could be wrong with it; who tries again and again has it copied for nothing.
      return SendResult.QUEUE_FULL;
    }
    MessageId id = new MessageId(ids.next());
    Outbound notification =
        Outbound.isFrameAtOnce(command, payload)
            ? frame(id, command, payload)
            : Outbound.of(
                checked(new Notification(id, command, payload)), node.commands().isUrgent(command));
    try {
      return one.send(notification);
    } finally {
      notification.release();
    }
  }

  /**
   * Waits for room in the queue to a peer, for whoever was told {@link SendResult#QUEUE_FULL} and
   * wants to send as much as the peer takes. Others may fill the queue meanwhile: who is refused
   * again waits again. Of many that wait a few are told at once, and more as long as room is left.
   *
   * @param payloadBytes of the message that is to be sent, 0 to 134,217,717
   * @return a stage that completes when such a message finds room and the queue is at most half
   *     full, or the peer is gone; it never fails
   * @throws IllegalArgumentException if the payload is longer than any may be
   */
  public CompletionStage<Void> room(Peer peer, int payloadBytes) {
    if (payloadBytes < 0 || payloadBytes > FrameEncoder.MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "a payload of %d bytes is not within 0 to %d"
              .formatted(payloadBytes, FrameEncoder.MAX_PAYLOAD_BYTES));
    }
    WorkerFuture<Void> room = new WorkerFuture<>(environment);
    Runnable told = () -> node.onWorker(() -> room.complete(null));
    if (!own(peer).session().awaitRoom(payloadBytes, told)) {
      room.complete(null);
    }
    return room;
  }

  /**
   * Sends a notification to every NORMAL peer; they do not pass it on. Returns and throws like
   * {@link #broadcast}.
   */
  public BroadcastResult notifyAll(Command command, ByteBuffer payload) {
    requireNormal();
    checkSize(MessageType.NOTIFICATION, command, payload);
    MessageId id = new MessageId(ids.next());
    Map<NodeId, SendResult> peers = new LinkedHashMap<>();
    List<Session> sessions = node.registry().normalSessions();
    BiConsumer<Session, SendResult> told = (session, result) -> peers.put(session.id(), result);
    if (Outbound.isFrameAtOnce(command, payload)) {
      Outbound notification = frame(id, command, payload);
      try {
        Relay.send(sessions, notification, told);
      } finally {
        notification.release();
      }
    } else {
      Notification notification = checked(new Notification(id, command, payload));
      node.relay().send(sessions, notification, node.commands().isUrgent(command), told);
    }
    return new BroadcastResult(id, peers);
  }

  /** Tells the peers soon that the application's chain head has changed. */
  public void chainHeadChanged() {
    node.announceSoon();
  }

  /** The caller owns a reference. */
  private Outbound frame(MessageId id, Command command, ByteBuffer payload) {
    SharedFrame frame =
        new SharedFrame(
            FrameEncoder.encode(
                environment.allocator(), MessageType.NOTIFICATION, id, command, payload));
    Outbound outbound = Outbound.encoded(frame);
    frame.release();
    return outbound;
  }

  private void requireNormal() {
    if (node.type() == NodeType.DISCOVERY) {
      throw new IllegalStateException("a discovery node sends no broadcasts and notifications");
    }
  }

  /** Before it is copied; what a node does not take itself it does not send. */
  private void checkSize(MessageType type, Command command, ByteBuffer payload) {
    try {
      node.commands().check(type, command, payload.remaining());
    } catch (ProtocolViolation violation) {
      throw new IllegalArgumentException(violation.getMessage(), violation);
    }
  }

  private static <M extends Message> M checked(M message) {
    try {
      PayloadRules.check(message);
      return message;
    } catch (ProtocolViolation violation) {
      throw new IllegalArgumentException(violation.getMessage(), violation);
    }
  }

  private SessionPeer own(Peer peer) {
    if (peer instanceof SessionPeer one && node.owns(one)) {
      return one;
    }
    throw new IllegalArgumentException(peer + " is not a peer of this manager");
  }

  // ---- the environment, for the application's own timers ----

  /** The wall clock that this node tells others of. */
  public Clock clock() {
    return environment.clock();
  }

  /**
   * Timers; they end with the node. What runs then is interrupted, unless it is itself what closes
   * the node.
   */
  public ScheduledExecutorService scheduler() {
    return environment.scheduler();
  }

  /** Randomness; safe for any thread. */
  public RandomGenerator random() {
    return environment.random();
  }

  /** What the node has done so far. */
  public ManagerStatistics statistics() {
    return node.statistics();
  }

  // ---- the end ----

  /**
   * Stops the node: no new connections, what is queued is written for up to half the stop timeout,
   * open requests end with {@code MANAGER_CLOSED}, the listener hears of every peer that goes, and
   * the node's threads end. Returns within {@link ManagerOptions#stopTimeout()}, whatever peers and
   * handlers do; a handler that is still running then is interrupted. On a thread that is
   * interrupted it waits for nobody and cuts off what is left. A second call does nothing.
   *
   * <p>Called from a handler it takes the whole timeout, because it waits for that handler, too.
   *
   * @throws IllegalStateException on an event loop, so in a light handler; nothing is closed then
   */
  @Override
  public void close() {
    environment.requireMayWait();
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    long deadline = environment.nanoTime() + options.stopTimeout().toNanos();
    Duration writing = options.stopTimeout().dividedBy(2);
    server.ifPresent(listener -> await(listener.close(), deadline));
    await(node.closeSessions(writing), deadline - options.stopTimeout().dividedBy(4).toNanos());
    environment.close(left(deadline));
  }

  private void await(CompletionStage<?> stage, long deadline) {
    try {
      environment.await(stage, left(deadline));
    } catch (TimeoutException late) {
      // What is left is cut off when the environment ends.
    } catch (CompletionException failure) {
      if (!(failure.getCause() instanceof InterruptedException)) {
        throw failure;
      }
      // Who is interrupted waits no longer; the interrupt stays set.
    }
  }

  private Duration left(long deadline) {
    return Duration.ofNanos(Math.max(1, deadline - environment.nanoTime()));
  }
}
