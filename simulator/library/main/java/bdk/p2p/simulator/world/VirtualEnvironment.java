package bdk.p2p.simulator.world;

import bdk.p2p.environment.Environment;
import bdk.p2p.environment.Storage;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelId;
import io.netty.channel.EventLoopGroup;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Everything that one node process gets from its world, from the start of the process until it is
 * closed or its host loses power. The driver's thread only.
 */
final class VirtualEnvironment implements Environment {
  private static final long LONGEST_BLOCK_NANOS = TimeUnit.HOURS.toNanos(1);

  private final World world;
  private final Host host;
  private final Life life;
  private final Timeline timeline;
  private final VirtualEventLoop loop;
  private final VirtualWorkers workers;
  private final VirtualScheduler scheduler;
  private final RandomGenerator random;
  private final SecureRandom secureRandom;
  private final Clock clock;
  private final Set<Channel> channels = new LinkedHashSet<>();
  private boolean powerless;

  VirtualEnvironment(World world, Host host, int process) {
    this.world = world;
    this.host = host;
    this.timeline = world.timeline();
    this.life = new Life(host.toString());
    this.clock = world.clock(host::clockSkew);
    this.loop = new VirtualEventLoop(timeline, life);
    this.workers = new VirtualWorkers(timeline, life);
    this.scheduler = new VirtualScheduler(timeline, life);
    this.random = world.stream("node/" + host.index() + "/" + process);
    this.secureRandom =
        new SeededSecrets(world.stream("secrets/" + host.index() + "/" + process)).asSecureRandom();
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public long nanoTime() {
    return timeline.now();
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public SecureRandom secureRandom() {
    return secureRandom;
  }

  @Override
  public Executor workers() {
    return workers;
  }

  @Override
  public ScheduledExecutorService scheduler() {
    return scheduler;
  }

  @Override
  public EventLoopGroup eventLoops() {
    return loop;
  }

  @Override
  public ServerBootstrap serverBootstrap() {
    return new ServerBootstrap().group(loop).channelFactory(() -> new SimServerChannel(this));
  }

  @Override
  public Bootstrap clientBootstrap() {
    // The default resolver would ask the real name service.
    return new Bootstrap().group(loop).channelFactory(() -> new SimChannel(this)).disableResolver();
  }

  @Override
  public Set<InetAddress> localAddresses() {
    return Set.of(host.address());
  }

  @Override
  public ByteBufAllocator allocator() {
    return world.buffers();
  }

  /** What one node of the world has verified, the others need not hash, nor keep once more. */
  @Override
  public <T> T common(Class<T> kind, Supplier<T> make) {
    return world.common(kind, make);
  }

  @Override
  public Storage storage() {
    return host.storage();
  }

  @Override
  public List<InetAddress> resolve(String name) throws UnknownHostException {
    return world.names().resolve(name);
  }

  @Override
  public <T> T await(CompletionStage<T> stage, Duration limit) throws TimeoutException {
    timeline.assertMayDrive("wait");
    if (world.closesSideBySide() && !stage.toCompletableFuture().isDone()) {
      throw new TimeoutException("nobody waits now");
    }
    requirePower();
    return new AwaitedStage<>(stage).await(timeline, limit);
  }

  /** Assertions of a test's must not be lost; what else a listener throws harms nobody. */
  @Override
  public void listenerThrew(Throwable thrown) {
    if (thrown instanceof Error) {
      timeline.offences().note(thrown);
    }
  }

  /** Drives the world instead; for an hour at most, since many a future never completes. */
  @Override
  public long blockingNanos(CompletableFuture<?> future, long limitNanos) {
    if (future.isDone()) {
      return limitNanos;
    }
    timeline.assertMayDrive("block on a future; use a stage that depends on it, like thenAccept");
    requirePower();
    boolean unlimited = limitNanos == Long.MAX_VALUE;
    long limit = timeline.after(unlimited ? LONGEST_BLOCK_NANOS : limitNanos);
    if (!timeline.runWhile(() -> !future.isDone(), limit) && unlimited) {
      throw new IllegalStateException("not complete after an hour of virtual time");
    }
    return 0;
  }

  private void requirePower() {
    if (powerless) {
      throw new IllegalStateException(host + " lost power: nothing of this process completes");
    }
  }

  /**
   * Lets the workers finish what they have, if the caller may wait, then ends everything; not while
   * processes are closed side by side, because then what the node leaves behind is counted later.
   */
  @Override
  public void close(Duration limit) {
    timeline.assertOutsideLoops();
    if (life.isOver() || world.closesSideBySide()) {
      return;
    }
    if (!timeline.isRunning()) {
      timeline.runWhile(() -> workers.pendingCount() > 0, timeline.after(limit.toNanos()));
    }
    workers.shutDown();
    scheduler.shutdownNow();
    timeline.runAs(loop, () -> List.copyOf(channels).forEach(each -> each.close()));
    loop.terminate();
    life.end();
    host.processEnded(this);
  }

  Host host() {
    return host;
  }

  VirtualEventLoop loop() {
    return loop;
  }

  int openChannels() {
    return channels.size();
  }

  int pendingTimers() {
    return scheduler.pendingCount() + (loop.hasTimer() ? 1 : 0);
  }

  boolean isAlive() {
    return !life.isOver();
  }

  ChannelId nextChannelId() {
    return world.nextChannelId();
  }

  Segmenter newSegmenter(ChannelId channel) {
    RandomGenerator cuts = world.stream("segments/" + channel.asLongText());
    return new Segmenter(cuts, world.network().segmentBytes());
  }

  void opened(Channel channel) {
    channels.add(channel);
  }

  void closed(Channel channel) {
    channels.remove(channel);
  }

  /** The host has lost power: nothing of this process runs any more, and nobody is told. */
  void die() {
    life.end();
    powerless = true;
    List<Channel> dying = new ArrayList<>(channels);
    channels.clear();
    dying.forEach(VirtualEnvironment::vanish);
    dying.forEach(channel -> ChannelRemains.release(channel, timeline, loop));
  }

  /** Where a socket may be bound: the wildcard, loopback, or the host's own address. */
  InetSocketAddress requireOwn(SocketAddress wanted) throws BindException {
    InetSocketAddress address = requireResolved(wanted);
    if (world.network().hostOf(address.getAddress(), host) != host) {
      throw new BindException("Cannot assign requested address: " + address + " on " + host);
    }
    return address;
  }

  /** The address from which this host dials, with any port. */
  InetSocketAddress sourceAddress(InetSocketAddress target) {
    boolean itself = target.getAddress().isLoopbackAddress();
    return new InetSocketAddress(itself ? target.getAddress() : host.address(), 0);
  }

  static InetSocketAddress requireResolved(SocketAddress wanted) {
    if (!(wanted instanceof InetSocketAddress address)) {
      throw new UnsupportedAddressTypeException();
    }
    if (address.isUnresolved()) {
      throw new UnresolvedAddressException();
    }
    return address;
  }

  private static void vanish(Channel channel) {
    if (channel instanceof SimChannel connected) {
      connected.vanish();
    } else if (channel instanceof SimServerChannel listening) {
      listening.vanish();
    }
  }
}
