package bdk.p2p.simulator.backend;

import bdk.p2p.simulator.fault.Fate;
import bdk.p2p.simulator.fault.Passage;
import bdk.p2p.simulator.world.Losses;
import io.netty.buffer.ByteBuf;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * The head of the pipeline of one socket: between the kernel, which carries everything at once, and
 * the node, which gets it as if it had come a long way. Event loop only.
 *
 * <p>The kernel's connection stays open until the node has been told of its end: an end of stream
 * or a reset that the socket reports is on its way like bytes are, and behind them.
 *
 * <p>Bounded: with more than {@link #HELD_BYTES_LIMIT} undelivered it stops reading, so that the
 * kernel's window closes; one reading may overshoot. Whether the node itself reads is the channel's
 * auto-read, which this leaves as the node has set it.
 */
final class Gate extends ChannelDuplexHandler implements Arrivals.Receiver {
  static final int HELD_BYTES_LIMIT = 256 << 10;

  private static final int READS_AT_ONCE = 4;

  private final LoopbackEnvironment process;
  private final LoopbackNetwork network;
  private final boolean dials;
  private final Losses bounces = Losses.ofData();
  private ChannelHandlerContext context;
  private ChannelConfig config;
  private LoopbackMachine peer;
  private Road inward;
  private Road outward;
  private Arrivals arrivals;
  private Dial dial;
  private SocketAddress dialler;
  private SocketAddress acceptor;
  private long connection = -1;
  private RandomGenerator random;
  private boolean staysHalfOpen;
  private boolean isOpen;
  private boolean gotBytes;
  private boolean readsNow;
  private boolean readsOnce;
  private boolean withholds;
  private boolean disarming;
  private boolean isVoid;
  private boolean resetIsLost;
  private boolean bouncing;
  private Future<?> nextBounce;
  private boolean isOver;

  private Gate(LoopbackEnvironment process, boolean dials) {
    this.process = process;
    this.network = process.network();
    this.dials = dials;
  }

  static Gate dialler(LoopbackEnvironment process) {
    return new Gate(process, true);
  }

  static Gate acceptor(LoopbackEnvironment process) {
    return new Gate(process, false);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    config = added.channel().config();
    staysHalfOpen = config.getOption(ChannelOption.ALLOW_HALF_CLOSURE);
    // The socket's end must wait for its turn; this closes the channel when the node may know.
    config.setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    config.setAutoClose(false);
    config.setRecvByteBufAllocator(
        new AdaptiveRecvByteBufAllocator().maxMessagesPerRead(READS_AT_ONCE));
    process.opened(added.channel());
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    end();
    process.closed(removed.channel());
  }

  // ---- the beginning ----

  @Override
  public void connect(
      ChannelHandlerContext same,
      SocketAddress remote,
      SocketAddress local,
      ChannelPromise promise) {
    // Bound first: the port is half of what the acceptor will know the connection by.
    ChannelPromise bound = context.newPromise();
    bound.addListener(
        done -> {
          if (done.isSuccess()) {
            dial(remote, promise);
          } else {
            promise.tryFailure(done.cause());
          }
        });
    if (isBound(channel().localAddress())) {
      bound.setSuccess();
    } else {
      SocketAddress own = new InetSocketAddress(process.machine().address(), 0);
      context.bind(local != null ? local : own, bound);
    }
  }

  private static boolean isBound(SocketAddress address) {
    return address instanceof InetSocketAddress inet && inet.getPort() != 0;
  }

  private void dial(SocketAddress remote, ChannelPromise promise) {
    if (!process.isAlive()) {
      promise.tryFailure(new IOException("the process is dead"));
      return;
    }
    dialler = channel().localAddress();
    acceptor = remote;
    connection = network.onDialled(dialler, acceptor);
    meet(network.machineOf(remote));
    network.count();
    dial = new Dial(context, network, outward, inward, connection, random, remote, promise);
    dial.start();
  }

  @Override
  public void channelActive(ChannelHandlerContext same) {
    if (dial != null) {
      arrivals.addAnswer(dial.answerDelayNanos());
      arrivals.advance();
    } else {
      dialler = channel().remoteAddress();
      acceptor = channel().localAddress();
      connection = network.accepted(dialler, acceptor);
      meet(connection < 0 ? null : network.machineOf(dialler));
      open();
    }
  }

  private void meet(LoopbackMachine other) {
    peer = other;
    inward = network.road(peer, process.machine());
    outward = network.road(process.machine(), peer);
    random = network.jitter(connection, dials);
    arrivals =
        new Arrivals(inward, connection, channel().eventLoop(), network::nowNanos, random, this);
  }

  private void open() {
    isOpen = true;
    network.count();
    if (peer != null) {
      int own = process.machine().index();
      int from = dials ? own : peer.index();
      int to = dials ? peer.index() : own;
      network.log().opened(connection, from, to, network.nowNanos());
      if (!dials) {
        network.onOpen(this);
      }
    }
    context.fireChannelActive();
  }

  // ---- what the socket reports ----

  @Override
  public void channelRead(ChannelHandlerContext same, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (arrivals.areNone()) {
      readsNow = true;
      onBytes(bytes);
    } else {
      arrivals.add(Piece.of(compact(bytes), network.nowNanos()));
    }
  }

  /** A few bytes must not keep a large buffer for as long as they are under way. */
  private ByteBuf compact(ByteBuf bytes) {
    if (bytes.capacity() <= 2 * bytes.readableBytes()) {
      return bytes;
    }
    ByteBuf copy = context.alloc().buffer(bytes.readableBytes());
    copy.writeBytes(bytes);
    bytes.release();
    return copy;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext same) {
    if (readsNow) {
      readsNow = false;
      readsOnce = false;
      context.fireChannelReadComplete();
    }
    arrivals.advance();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext same, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      if (!isVoid) {
        arrivals.add(Piece.fin(network.nowNanos()));
        arrivals.advance();
      }
    } else if (event != ChannelInputShutdownReadComplete.INSTANCE) {
      context.fireUserEventTriggered(event);
    }
  }

  /** A failed reading or writing: the other end has reset the connection. */
  @Override
  public void exceptionCaught(ChannelHandlerContext same, Throwable cause) {
    if (!(cause instanceof IOException reason) || arrivals == null || !channel().isOpen()) {
      context.fireExceptionCaught(cause);
    } else if (!isVoid) {
      isVoid = true;
      arrivals.addReset(reason);
      arrivals.advance();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext same) {
    end();
    if (isOpen) {
      context.fireChannelInactive();
    }
  }

  // ---- what the node gets ----

  @Override
  public boolean takesBytes() {
    return config.isAutoRead() || readsOnce;
  }

  @Override
  public void onAnswer() {
    boolean isWanted = dial.succeed();
    open();
    if (!isWanted) {
      context.close();
    }
  }

  @Override
  public void onBytes(ByteBuf bytes) {
    network.count();
    if (!gotBytes && peer != null) {
      gotBytes = true;
      network.log().delivered(connection, dials);
    }
    context.fireChannelRead(bytes);
  }

  @Override
  public void onPause() {
    readsOnce = false;
    context.fireChannelReadComplete();
    if (withholds && arrivals.heldBytes() <= HELD_BYTES_LIMIT / 2 && takesBytes()) {
      withholds = false;
      context.read();
    }
  }

  @Override
  public void onEnd() {
    network.count();
    if (staysHalfOpen) {
      context.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    } else {
      context.close();
    }
  }

  @Override
  public void onReset(IOException reason) {
    network.count();
    context.fireExceptionCaught(reason);
    context.close();
  }

  @Override
  public void onCut(IOException reason) {
    isVoid = true;
    LoopbackEnvironment.resetOnClose(channel());
    onReset(reason);
  }

  /** Makes the connection void at both ends; only of one that is open to a machine. Any thread. */
  void cut() {
    Runnable now =
        () -> {
          if (channel().isOpen()) {
            onCut(new IOException("Connection reset by peer"));
          }
        };
    try {
      channel().eventLoop().execute(now);
    } catch (RejectedExecutionException loopHasEnded) {
      // The connection has, too.
    }
  }

  long connection() {
    return connection;
  }

  int ownIndex() {
    return process.machine().index();
  }

  int peerIndex() {
    return peer.index();
  }

  @Override
  public void onLostReset() {
    resetIsLost = true;
  }

  // ---- what the node does ----

  /**
   * Withheld at the bound. To keep a request to read back is not enough, because a transport goes
   * on reading as long as auto-read is on; switched off and on again, it waits for the next
   * request.
   */
  @Override
  public void read(ChannelHandlerContext same) {
    if (disarming) {
      return;
    }
    readsOnce = !config.isAutoRead();
    if (arrivals == null || arrivals.heldBytes() < HELD_BYTES_LIMIT) {
      withholds = false;
      context.read();
    } else if (!withholds) {
      withholds = true;
      disarm();
    }
    if (arrivals != null && arrivals.waitForReceiver()) {
      // Never from within a call of the node's.
      channel().eventLoop().execute(arrivals::advance);
    }
  }

  private void disarm() {
    if (config.isAutoRead()) {
      disarming = true;
      config.setAutoRead(false);
      config.setAutoRead(true);
      disarming = false;
    }
  }

  /** What is written to a void connection goes nowhere, and the writer does not know yet. */
  @Override
  public void write(ChannelHandlerContext same, Object message, ChannelPromise promise) {
    if (!isVoid) {
      context.write(message, promise);
      return;
    }
    ReferenceCountUtil.release(message);
    promise.trySuccess();
    if (resetIsLost && !bouncing) {
      bouncing = true;
      bounce();
    }
  }

  /** The other machine knows nothing of the connection any more, and says so if it is asked. */
  private void bounce() {
    if (!channel().isOpen()) {
      return;
    }
    long now = network.nowNanos();
    Fate there = outward.judge(Passage.Kind.BYTES, connection, 0, now, bounces);
    Fate back = inward.judge(Passage.Kind.RESET, connection, 0, now, Losses.NONE);
    if (there.outcome() == Fate.Outcome.PASS && back.outcome() == Fate.Outcome.PASS) {
      arrivals.addBounced(
          new IOException("Connection reset by peer"),
          outward.latencyNanos(random) + there.delayNanos() + back.delayNanos());
      arrivals.advance();
    } else if (bounces.areTooMany()) {
      onCut(new IOException("Connection timed out"));
    } else {
      nextBounce =
          channel()
              .eventLoop()
              .schedule(this::bounce, bounces.pauseAfterLoss(now), TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void close(ChannelHandlerContext same, ChannelPromise promise) {
    if (arrivals != null) {
      arrivals.end();
    }
    context.close(promise);
  }

  // ---- the end ----

  private void end() {
    if (arrivals == null || isOver) {
      return;
    }
    isOver = true;
    network.onClosed(this);
    arrivals.end();
    if (dial != null) {
      dial.end();
    }
    if (nextBounce != null) {
      nextBounce.cancel(false);
    }
    if (isOpen && peer != null) {
      network.log().closed(connection, network.nowNanos());
    }
    if (!dials || !isOpen) {
      // The acceptor comes last, or there is none.
      network.forget(dialler, acceptor, connection);
    }
    network.count();
  }

  private Channel channel() {
    return context.channel();
  }
}
