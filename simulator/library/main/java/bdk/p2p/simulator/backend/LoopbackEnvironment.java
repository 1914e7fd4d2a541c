package bdk.p2p.simulator.backend;

import bdk.p2p.environment.Environment;
import bdk.p2p.environment.Storage;
import bdk.p2p.environment.SystemEnvironment;
import bdk.p2p.environment.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/**
 * One node process: the system's own environment with a clock that can be wrong, and with a {@link
 * Gate} at the head of every pipeline. Any thread.
 */
final class LoopbackEnvironment implements Environment {
  private static final int WORKERS = 2;
  private static final int KERNEL_BUFFER_BYTES = 128 << 10;
  private static final Duration DEATH_LIMIT = Duration.ofSeconds(2);

  private final LoopbackMachine machine;
  private final SystemEnvironment system;
  private final Set<Channel> channels = ConcurrentHashMap.newKeySet();
  private volatile boolean alive = true;

  LoopbackEnvironment(LoopbackMachine machine) {
    this.machine = machine;
    // NIO: other transports go on reporting a connection that is reset until it is closed, and a
    // gate may have to keep it open for long after.
    this.system =
        new SystemEnvironment(
            "bdk-sim-" + machine.address().getHostAddress(),
            Transport.NIO,
            1,
            WORKERS,
            Optional.empty(),
            machine.network().threads());
  }

  @Override
  public Clock clock() {
    return machine.clock();
  }

  @Override
  public long nanoTime() {
    return system.nanoTime();
  }

  @Override
  public RandomGenerator random() {
    return system.random();
  }

  @Override
  public SecureRandom secureRandom() {
    return system.secureRandom();
  }

  /** A dead process does nothing more. */
  @Override
  public Executor workers() {
    return task ->
        system
            .workers()
            .execute(
                () -> {
                  if (alive) {
                    task.run();
                  }
                });
  }

  @Override
  public ScheduledExecutorService scheduler() {
    return system.scheduler();
  }

  @Override
  public EventLoopGroup eventLoops() {
    return system.eventLoops();
  }

  @Override
  public ByteBufAllocator allocator() {
    return network().buffers();
  }

  @Override
  public ServerBootstrap serverBootstrap() {
    ServerBootstrap plain = system.serverBootstrap();
    var sockets = plain.config().channelFactory();
    ServerBootstrap gated =
        new ServerBootstrap()
            .group(system.eventLoops())
            .channelFactory(
                (ChannelFactory<ServerChannel>)
                    () -> {
                      ServerChannel channel = sockets.newChannel();
                      channel.pipeline().addFirst(new Doorkeeper());
                      return channel;
                    });
    copy(plain.config().options(), gated::option);
    copy(plain.config().childOptions(), gated::childOption);
    return gated
        .option(ChannelOption.SO_RCVBUF, KERNEL_BUFFER_BYTES)
        .childOption(ChannelOption.SO_SNDBUF, KERNEL_BUFFER_BYTES);
  }

  @Override
  public Bootstrap clientBootstrap() {
    Bootstrap plain = system.clientBootstrap();
    var sockets = plain.config().channelFactory();
    Bootstrap gated =
        new Bootstrap()
            .group(system.eventLoops())
            .channelFactory(
                (ChannelFactory<Channel>)
                    () -> {
                      Channel channel = sockets.newChannel();
                      channel.config().setAllocator(network().buffers());
                      channel.pipeline().addFirst(Gate.dialler(this));
                      return channel;
                    });
    copy(plain.config().options(), gated::option);
    return gated
        .option(ChannelOption.SO_RCVBUF, KERNEL_BUFFER_BYTES)
        .option(ChannelOption.SO_SNDBUF, KERNEL_BUFFER_BYTES);
  }

  private interface Options {
    <T> void set(ChannelOption<T> option, T value);
  }

  @SuppressWarnings("unchecked")
  private static void copy(Map<ChannelOption<?>, Object> from, Options to) {
    from.forEach((option, value) -> to.set((ChannelOption<Object>) option, value));
  }

  @Override
  public Set<InetAddress> localAddresses() {
    return Set.of(machine.address());
  }

  @Override
  public Storage storage() {
    return machine.storage();
  }

  @Override
  public List<InetAddress> resolve(String host) throws UnknownHostException {
    return system.resolve(host);
  }

  @Override
  public <T> T await(CompletionStage<T> stage, Duration limit) throws TimeoutException {
    return system.await(stage, limit);
  }

  @Override
  public long blockingNanos(CompletableFuture<?> future, long limitNanos) {
    return system.blockingNanos(future, limitNanos);
  }

  @Override
  public void blockingEnded() {
    system.blockingEnded();
  }

  @Override
  public void requireMayWait() {
    system.requireMayWait();
  }

  @Override
  public void close(Duration limit) {
    if (!network().isCounted()) {
      end(limit);
    }
  }

  private void end(Duration limit) {
    system.close(limit);
    machine.ended(this);
  }

  LoopbackMachine machine() {
    return machine;
  }

  LoopbackNetwork network() {
    return machine.network();
  }

  boolean isAlive() {
    return alive;
  }

  int openChannels() {
    return channels.size();
  }

  int pendingTimers() {
    return system.pendingTimers();
  }

  int pendingTasks() {
    return system.pendingTasks();
  }

  void opened(Channel channel) {
    channels.add(channel);
    if (!alive) {
      abort(channel);
    }
  }

  void closed(Channel channel) {
    channels.remove(channel);
  }

  /** The process dies: its sockets are reset, and its workers do nothing more. Returns at once. */
  void die() {
    alive = false;
    for (Channel channel : channels) {
      try {
        channel.eventLoop().execute(() -> abort(channel));
      } catch (RejectedExecutionException closedByItsNode) {
        // The end of the loop has closed the socket.
      }
    }
  }

  /** Until its sockets are closed and its threads have ended, within bounds. */
  void awaitDeath() {
    long end = System.nanoTime() + DEATH_LIMIT.toNanos();
    // A loop that is told to end would close the sockets itself, and not with a reset.
    for (Channel channel : channels) {
      channel.closeFuture().awaitUninterruptibly(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
    end(DEATH_LIMIT);
  }

  /** Closes a socket without a farewell of its own. */
  static void abort(Channel channel) {
    if (!(channel instanceof ServerChannel)) {
      resetOnClose(channel);
    }
    channel.close();
  }

  /** Its close will be a reset. */
  static void resetOnClose(Channel channel) {
    try {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    } catch (ChannelException closedAlready) {
      // Then there is nothing left to be reset.
    }
  }

  /** Sees accepted channels before the node does, and the listening one go. */
  private final class Doorkeeper extends ChannelInboundHandlerAdapter {
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      opened(context.channel());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
      closed(context.channel());
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      network().beginTime();
      context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      Channel accepted = (Channel) message;
      accepted.config().setAllocator(network().buffers());
      accepted.pipeline().addFirst(Gate.acceptor(LoopbackEnvironment.this));
      context.fireChannelRead(message);
    }
  }
}
