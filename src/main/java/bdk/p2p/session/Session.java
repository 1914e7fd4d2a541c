package bdk.p2p.session;

import bdk.p2p.budget.NodeBudgets;
import bdk.p2p.message.CloseReason;
import bdk.p2p.message.Command;
import bdk.p2p.message.Direction;
import bdk.p2p.message.Message;
import bdk.p2p.message.NodeId;
import bdk.p2p.message.NodeType;
import bdk.p2p.message.PeerIdentity;
import bdk.p2p.message.RequestOutcome;
import bdk.p2p.message.SendResult;
import bdk.p2p.wire.FrameEncoder;
import bdk.p2p.wire.Handshake;
import bdk.p2p.wire.HandshakeDecoder;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One connection to one peer. Confined to the event loop of its channel; the methods marked "Any
 * thread" hand over through the outbound queue or to the loop.
 *
 * <p>Bounded by {@link SessionLimits}. Ends once, with one reason.
 */
public final class Session {
  /** How far a session has come; only ever moves on. */
  enum State {
    CONNECTING,
    HANDSHAKING,
    OPEN,
    CLOSED
  }

  /** Small messages add up slowly: the sum of all sessions is looked at for so many of one. */
  private static final int SMALL_PER_LOOK = 16;

  /** For who was told of room, to take it: more than a thread needs to wake up. */
  private static final Duration ROOM_PAUSE = Duration.ofMillis(1);

  private final Channel channel;
  private final SessionContext context;
  private final NodeId dialled;
  private final NodeBudgets budgets;
  private final OutboundQueue queue;
  private final RoomWaiters roomWaiters;
  private final InboundShare share;
  private final PendingRequests requests;
  private final CorePings pings;
  private final Handling handling;
  private final SessionReader reader;
  private final OutboundWriter writer;
  private final Deadlines deadlines;
  private final Farewell farewell;
  private final SessionTraffic traffic;
  private final SessionLoad load;
  private final DrainTurns drains;

  private volatile State state = State.CONNECTING;
  private volatile NodeId id;
  private volatile NodeType type;
  private volatile PeerIdentity identity;
  private volatile CloseReason closeReason;
  private volatile long handshakenNanos;
  private volatile Object attachment;
  private final AtomicReference<Object> peer = new AtomicReference<>();
  private volatile CloseReason evicted;
  private volatile boolean evictedBlameless;
  private boolean greeted;
  private boolean holdsPlace;

  /**
   * A session on a channel that is not yet active. Event loop only.
   *
   * @param dialled where this node dialled to, or null if the peer dialled
   */
  public Session(Channel channel, NodeId dialled, SessionContext context) {
    this.channel = channel;
    this.dialled = dialled;
    this.context = context;
    SessionLimits limits = context.limits();
    this.traffic = new SessionTraffic(context.traffic());
    this.budgets = context.budgets();
    this.queue =
        new OutboundQueue(
            limits.outboundMessages(), limits.outboundBytes(), budgets.outboundBytes());
    this.roomWaiters = new RoomWaiters(queue, () -> schedule(ROOM_PAUSE, this::lookForRoomAgain));
    this.share = new InboundShare(limits.inboxMessages(), limits.inboxBytes(), budgets);
    // Ids need to differ, not to be unguessable: only this peer can answer. So a cheap generator.
    this.requests =
        new PendingRequests(
            limits.pendingRequests(),
            new SplittableRandom(context.environment().random().nextLong()));
    this.pings = new CorePings(this, context, requests, queue);
    this.handling = new Handling(this, queue, share, context.events());
    this.reader =
        new SessionReader(
            this,
            channel,
            context.frames(),
            context.originals(),
            share,
            requests,
            context.events(),
            traffic,
            budgets.arrivingBytes(),
            context.environment()::nanoTime);
    this.writer =
        new OutboundWriter(
            channel,
            queue,
            requests,
            share,
            traffic,
            context.environment()::nanoTime,
            this::leftChannel,
            handling::answerLeft);
    this.load = new SessionLoad(queue, share, requests, reader, writer);
    this.drains = new DrainTurns(channel.eventLoop(), this::drain);
    this.deadlines = new Deadlines(this, context, requests, reader, writer);
    this.farewell = new Farewell(this, channel, reader, writer);
    channel.pipeline().addLast(new HandshakeDecoder(), reader.decoder(), new SessionHandler(this));
  }

  // ---- what the peer is; any thread ----

  /**
   * The peer's id, once its handshake has come; before that null, or the dialled id. Any thread.
   */
  public NodeId id() {
    NodeId known = id;
    return known != null ? known : dialled;
  }

  /** The peer's type, once its handshake has come. Any thread. */
  public NodeType type() {
    return type;
  }

  /** Who the peer has proved to be; empty in plaintext, and before the proof. Any thread. */
  public Optional<PeerIdentity> identity() {
    return Optional.ofNullable(identity);
  }

  /** Who dialled. Any thread. */
  public Direction direction() {
    return dialled == null ? Direction.INBOUND : Direction.OUTBOUND;
  }

  /** The peer's socket address. Any thread. */
  public InetSocketAddress remoteAddress() {
    return (InetSocketAddress) channel.remoteAddress();
  }

  /** This side's socket address. Any thread. */
  public InetSocketAddress localAddress() {
    return (InetSocketAddress) channel.localAddress();
  }

  /** True once the session has ended. Any thread. */
  public boolean isClosed() {
    return state == State.CLOSED;
  }

  /** The latest message of the peer that carried its NodeInfo. Any thread. */
  public Optional<Message> latestInfo() {
    return Optional.ofNullable(reader.latestInfo());
  }

  /** The latest measured round trip; negative if there is none. Any thread. */
  public long roundTripNanos() {
    return pings.roundTripNanos();
  }

  /** How long ago the peer shook hands, in nanoseconds; only if it has. Any thread. */
  public long ageNanos() {
    return context.environment().nanoTime() - handshakenNanos;
  }

  /** What went over this session. Any thread. */
  public SessionTraffic traffic() {
    return traffic;
  }

  /** What it holds now. Any thread. */
  public SessionLoad load() {
    return load;
  }

  /** Where it is told what became of the messages it has received. Any thread. */
  public Handling handling() {
    return handling;
  }

  /** Whatever the floor above keeps with this session. Any thread. */
  public Object attachment() {
    return attachment;
  }

  /** Keeps something with this session. Any thread. */
  public void attach(Object value) {
    attachment = value;
  }

  /** What the floor above knows the peer by; null before it is one. Any thread. */
  public Object peer() {
    return peer.get();
  }

  /**
   * Says whose session this is, for as long as anything is told of it. Any thread.
   *
   * @return what was said before, or null
   */
  public Object belongTo(Object ofPeer) {
    return peer.getAndSet(ofPeer);
  }

  /**
   * Says so unless something was said before. Any thread.
   *
   * @return what was said before, or null
   */
  public Object belongAtFirstTo(Object ofPeer) {
    return peer.compareAndExchange(null, ofPeer);
  }

  // ---- towards the peer; any thread ----

  /** Hands a message over. Takes the frame's reference in any case. Any thread. */
  public SendResult offer(Outbound outbound) {
    SendResult result = state == State.CLOSED ? SendResult.PEER_GONE : queue.offer(outbound);
    if (result == SendResult.QUEUED) {
      scheduleDrain();
      if (!outbound.isSmall() || queue.messages() % SMALL_PER_LOOK == 0) {
        lookAtBudgets();
      }
    } else {
      outbound.release();
    }
    return result;
  }

  /** True if a message with so long a payload would be refused now. Any thread. */
  public boolean isFullFor(int payloadBytes) {
    return state != State.CLOSED && !queue.hasRoomFor(FrameEncoder.HEADER_BYTES + payloadBytes);
  }

  /**
   * Waits until a message with so long a payload finds room and the queue is at most half full.
   *
   * @param told run once, on the event loop, when that is so or the session has ended; must be
   *     quick
   * @return false if it is so already; nobody is told then
   */
  public boolean awaitRoom(int payloadBytes, Runnable told) {
    int frameBytes = FrameEncoder.HEADER_BYTES + payloadBytes;
    if (isClosed() || queue.hasMuchRoomFor(frameBytes)) {
      return false;
    }
    roomWaiters.add(frameBytes, told);
    // Whoever made room, or closed, in between has not seen it.
    if (isClosed() || queue.hasMuchRoomFor(frameBytes)) {
      execute(this::lookForRoom);
    }
    return true;
  }

  private void leftChannel() {
    readOn();
    lookForRoom();
  }

  private void lookForRoom() {
    if (isClosed()) {
      roomWaiters.end().forEach(Runnable::run);
    } else {
      roomWaiters.look();
    }
  }

  private void lookForRoomAgain() {
    roomWaiters.lookAgain();
  }

  /**
   * Hands over what another session of the same peer had accepted and could not write; it leaves
   * before what was handed to this one. Any thread.
   */
  public void takeOver(List<Outbound> unsent) {
    unsent.forEach(one -> queue.put(one.earlier()));
    scheduleDrain();
  }

  /**
   * Lets nothing that the peer's handlers would see leave before {@link #goOn}: something is still
   * on its way to them over another session. Event loop only.
   */
  public void holdBack() {
    writer.holdBack();
  }

  /** Ends the wait of {@link #holdBack}. Any thread. */
  public void goOn() {
    execute(
        () -> {
          writer.goOn();
          drain();
        });
  }

  /**
   * Sends a request; the waiter learns its end. Copies the payload.
   *
   * @param deadlineNanos on the environment's clock; runs while the request is queued, too
   * @return ends the wait early, if the caller no longer wants the answer
   */
  public Runnable request(
      Command command,
      ByteBuffer payload,
      long deadlineNanos,
      boolean urgent,
      RequestWaiter waiter) {
    PendingRequest request =
        PendingRequest.of(command, payload, channel.alloc(), deadlineNanos, waiter);
    Outbound outbound = Outbound.request(request, urgent);
    if (state == State.CLOSED) {
      outbound.release();
      waiter.settle(outcomeOfClose(), null);
    } else if (!requests.tryOpen()) {
      outbound.release();
      waiter.settle(RequestOutcome.REFUSED, null);
    } else if (queue.offer(outbound) != SendResult.QUEUED) {
      requests.abandon();
      outbound.release();
      waiter.settle(RequestOutcome.REFUSED, null);
    } else {
      scheduleDrain();
    }
    return () -> execute(() -> requests.forget(request));
  }

  ByteBufAllocator allocator() {
    return channel.alloc();
  }

  void lookAtBudgets() {
    if (budgets.isWaitingTwice()) {
      context.events().waitingOverBudget();
    }
  }

  /** Reads on if the peer's share has room again. Any thread. */
  void readOn() {
    reader.readOnIfRoom();
  }

  /** Sends a ping of the core's own; the callback comes on the event loop. Any thread. */
  public void probe(Duration limit, Consumer<Boolean> answered) {
    execute(() -> ping(limit, answered));
  }

  /**
   * Ends the session because a handler found the peer's message to break the protocol. Any thread.
   */
  public void violated(String detail) {
    close(violation(detail));
  }

  /** Ends the session at once. Any thread. */
  public void close(CloseReason reason) {
    execute(() -> closeNow(reason));
  }

  /**
   * Chosen to go because the node holds too much: it ends at its next reading, or when whoever has
   * chosen it closes it. Any thread.
   *
   * @param isToBlame false if the peer has neither brought nor asked for what is too much
   */
  public void evict(CloseReason reason, boolean isToBlame) {
    evictedBlameless = !isToBlame;
    evicted = reason;
  }

  /** True if it has to go because of what this node has sent it on its own. Any thread. */
  public boolean isEvictedBlameless() {
    return evictedBlameless;
  }

  /** True once it has to go because the node holds too much. Any thread. */
  public boolean isEvicted() {
    return evicted != null;
  }

  /** Ends the session when all that was handed over is written, at the latest after the limit. */
  public void closeAfterWriting(CloseReason reason, Duration limit) {
    execute(
        () -> {
          if (state == State.OPEN) {
            farewell.begin(reason, limit);
            drain();
          } else {
            closeNow(reason);
          }
        });
  }

  /**
   * Gives the session up, because the peer goes on with another one: what waits to be written is
   * reported as unsent, except answers, and open requests end as {@code PEER_GONE}. It goes on
   * reading and answering until the grace has passed and all that the peer asked is answered, at
   * the latest until the idle time has passed; then it closes. Any thread.
   *
   * <p>The grace is lengthened at random, up to its double, so that of two sides that have not kept
   * the same session one is first to end what the other has kept, and hears of it.
   *
   * @param isRetired asked on the event loop; false if it is to go on after all
   */
  public void retire(CloseReason reason, Duration grace, BooleanSupplier isRetired) {
    long end = context.environment().nanoTime() + context.limits().idleTimeout().toNanos();
    long jitter = context.environment().random().nextLong(grace.toNanos());
    execute(
        () -> {
          if (state != State.CLOSED) {
            report(writer.giveUp());
            lookForRoom();
            requests.settleAll(RequestOutcome.PEER_GONE);
            farewell.retire(
                grace.plusNanos(jitter),
                reason,
                isRetired,
                () -> context.environment().nanoTime() - end >= 0);
          }
        });
  }

  /** True if all that the peer asked is answered and written. */
  boolean hasNothingOpen() {
    return share.messages() == 0 && queue.messages() == 0;
  }

  /** Runs the task on the event loop: now if this is it, later otherwise. Any thread. */
  public void execute(Runnable task) {
    if (channel.eventLoop().inEventLoop()) {
      task.run();
    } else {
      later(task);
    }
  }

  void later(Runnable task) {
    try {
      channel.eventLoop().execute(task);
    } catch (RejectedExecutionException loopHasEnded) {
      disposeAfterLoop();
    }
  }

  /** Runs the task on the event loop after the delay; the result cancels it. Any thread. */
  public Future<?> schedule(Duration delay, Runnable task) {
    return channel.eventLoop().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Sends this node's handshake, once. Event loop only. */
  public void greet() {
    if (greeted) {
      return;
    }
    greeted = true;
    int port = context.announcedPort() != 0 ? context.announcedPort() : localAddress().getPort();
    channel.writeAndFlush(
        new Handshake(context.type(), port).encode(channel.alloc()), channel.voidPromise());
  }

  // ---- what the pipeline reports; event loop only ----

  void connected() {
    if (state != State.CONNECTING) {
      return;
    }
    state = State.HANDSHAKING;
    // Asked once while they are known, so that they still are after the close.
    localAddress();
    remoteAddress();
    budgets.holders().join();
    holdsPlace = true;
    deadlines.startHandshake();
    context.rates().meter(remoteAddress().getAddress()).ifPresent(reader::countWith);
    context.events().connected(this);
  }

  /** What carries the session has made sure of the peer; before its handshake. */
  void proved(PeerIdentity who) {
    identity = who;
  }

  void handshake(Handshake handshake) {
    if (state != State.HANDSHAKING) {
      return;
    }
    if (dialled != null && handshake.port() != dialled.port()) {
      closeNow(
          new CloseReason(
              CloseReason.Code.FOREIGN_PORT,
              "the peer announces port " + handshake.port() + ", dialled was " + dialled.port()));
      return;
    }
    type = handshake.type();
    id = dialled != null ? dialled : new NodeId(remoteAddress().getAddress(), handshake.port());
    handshakenNanos = context.environment().nanoTime();
    state = State.OPEN;
    deadlines.startOpen();
    reader.waitIfInDebt();
    context.events().handshaken(this);
  }

  void received(Message message) {
    if (state == State.OPEN) {
      reader.received(message);
    }
  }

  /** The bytes of one reading are through. */
  void readComplete() {
    deadlines.heard();
    drains.socketWasRead();
    reader.readComplete();
    context.events().readComplete(this);
    if (isEvicted()) {
      closeNow(evicted);
    } else if (state != State.CLOSED) {
      deadlines.armFrame();
    }
  }

  boolean isPaused() {
    return reader.isPaused();
  }

  boolean isInbound() {
    return dialled == null;
  }

  /** True once it only waits for what it has to be written. */
  boolean isClosing() {
    return farewell.hasBegun();
  }

  // ---- writing; event loop only ----

  /** Drains soon. Any thread. */
  void scheduleDrain() {
    if (state == State.CLOSED) {
      // Whoever came too late for the close disposes of what was handed over.
      later(this::dispose);
    } else {
      try {
        drains.schedule();
      } catch (RejectedExecutionException loopHasEnded) {
        disposeAfterLoop();
      }
    }
  }

  void drain() {
    if (state == State.CLOSED) {
      dispose();
      return;
    }
    if (farewell.hasHungUp()) {
      return;
    }
    writer.takeOver();
    deadlines.armRequests();
    writer.write();
    deadlines.armWriteStall();
    leftChannel();
    farewell.hangUpIfWritten();
  }

  void ping(Duration limit, Consumer<Boolean> answered) {
    if (state != State.OPEN) {
      answered.accept(false);
      return;
    }
    pings.ping(limit, answered);
    drain();
  }

  /** Keeps a round trip that was measured by a ping of the application's. Any thread. */
  public void roundTrip(long nanos) {
    pings.roundTrip(nanos);
  }

  // ---- the end; event loop only ----

  static CloseReason violation(String detail) {
    return new CloseReason(CloseReason.Code.VIOLATION, detail);
  }

  void closeNow(CloseReason reason) {
    if (state == State.CLOSED) {
      return;
    }
    closeReason = farewell.reasonOr(reason);
    state = State.CLOSED;
    deadlines.cancel();
    channel.close();
    List<Outbound> unsent = writer.abandon();
    context.events().closed(this, closeReason, unsent);
    endWaits();
  }

  private RequestOutcome outcomeOfClose() {
    CloseReason reason = closeReason;
    return reason != null && reason.code() == CloseReason.Code.MANAGER_CLOSED
        ? RequestOutcome.MANAGER_CLOSED
        : RequestOutcome.PEER_GONE;
  }

  /** A process that loses power takes its pipelines apart without a close: nobody is told. */
  void removed() {
    reader.end();
    if (holdsPlace) {
      holdsPlace = false;
      budgets.holders().leave();
    }
    if (state != State.CLOSED) {
      writer.abandon().forEach(Outbound::release);
    }
  }

  private void dispose() {
    List<Outbound> unsent = writer.abandon();
    report(unsent);
    endWaits();
  }

  private void endWaits() {
    requests.settleAll(outcomeOfClose());
    handling.answerLeft();
    lookForRoom();
  }

  private void report(List<Outbound> unsent) {
    if (!unsent.isEmpty()) {
      context.events().unsent(this, unsent);
    }
  }

  /** Late producers take turns here once no event loop is left to do it; news go out unlocked. */
  private void disposeAfterLoop() {
    List<Outbound> unsent;
    List<PendingRequest> open;
    List<Runnable> waiting;
    synchronized (this) {
      unsent = writer.abandon();
      open = requests.removeAll();
      waiting = roomWaiters.takeAll();
    }
    RequestOutcome outcome = outcomeOfClose();
    open.forEach(request -> request.waiter().settle(outcome, null));
    report(unsent);
    handling.answerLeft();
    waiting.forEach(Runnable::run);
  }
}
