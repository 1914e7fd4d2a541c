package bdk.p2p.environment;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/**
 * The real world: sockets of the operating system, threads of its own, the system's clocks and
 * secure randomness. Any thread.
 *
 * <p>Owns its event loops, its workers and one timer thread; {@link #close} ends them. The workers'
 * queue needs no bound of its own: each session has at most one task in it, each request at most
 * one.
 */
public final class SystemEnvironment implements Environment {
  private static final int ACCEPT_BACKLOG = 1024;

  /**
   * What the kernel may hold that it has not sent; more waits in this node's own queues, where an
   * urgent message can go ahead of it. Enough that the kernel is never idle.
   */
  private static final long NOT_SENT_LOW_WATER_BYTES = 16 << 10;

  private final long startNanos = System.nanoTime();
  private final SecureRandom secureRandom = new SecureRandom();
  private final RandomGenerator random = new BatchedRandom(secureRandom);
  private final SocketKind sockets;
  private final FairEventLoops eventLoops;
  private final Workers workers;
  private final TimerThread scheduler;
  private final NamedThreads lastWords;
  private final Storage storage;

  /** The same, with what the node stores in memory. */
  public SystemEnvironment(String name, Transport transport, int ioThreads, int workerThreads) {
    this(name, transport, ioThreads, workerThreads, Optional.empty());
  }

  /**
   * Starts no thread yet; each starts when it is first needed.
   *
   * @param name the beginning of all thread names
   * @param ioThreads the number of event loops
   * @param workerThreads the number of workers
   * @param folder where the node stores what it wants to find again; in memory if there is none
   * @throws IllegalStateException if the transport is not available on this machine
   */
  public SystemEnvironment(
      String name, Transport transport, int ioThreads, int workerThreads, Optional<Path> folder) {
    this(name, transport, ioThreads, workerThreads, folder, null);
  }

  /**
   * The same with threads that all belong to one group, and so do those which they start.
   *
   * @param group null for the group of whoever starts one
   */
  public SystemEnvironment(
      String name,
      Transport transport,
      int ioThreads,
      int workerThreads,
      Optional<Path> folder,
      ThreadGroup group) {
    this.sockets = SocketKind.of(transport);
    this.eventLoops =
        new FairEventLoops(
            ioThreads, new NamedThreads(name + "-io", false, group), sockets.loops());
    this.workers = new Workers(workerThreads, new NamedThreads(name + "-worker", false, group));
    this.scheduler = new TimerThread(new NamedThreads(name + "-timer", true, group));
    this.lastWords = new NamedThreads(name + "-last", true, group);
    this.storage = folder.<Storage>map(FolderStorage::new).orElseGet(MemoryStorage::new);
  }

  @Override
  public Clock clock() {
    return Clock.systemUTC();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime() - startNanos;
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
    return eventLoops;
  }

  @Override
  public ServerBootstrap serverBootstrap() {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(eventLoops)
            .channel(sockets.server())
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, ACCEPT_BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true);
    sockets
        .notSentLowWater()
        .ifPresent(option -> bootstrap.childOption(option, NOT_SENT_LOW_WATER_BYTES));
    return bootstrap;
  }

  @Override
  public Bootstrap clientBootstrap() {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(eventLoops)
            .channel(sockets.client())
            .option(ChannelOption.TCP_NODELAY, true);
    sockets
        .notSentLowWater()
        .ifPresent(option -> bootstrap.option(option, NOT_SENT_LOW_WATER_BYTES));
    return bootstrap;
  }

  @Override
  public Set<InetAddress> localAddresses() {
    try {
      Set<InetAddress> addresses = new LinkedHashSet<>();
      NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .forEach(addresses::add);
      return addresses;
    } catch (SocketException noInterfaces) {
      return Set.of(InetAddress.getLoopbackAddress());
    }
  }

  @Override
  public Storage storage() {
    return storage;
  }

  @Override
  public List<InetAddress> resolve(String host) throws UnknownHostException {
    return List.of(InetAddress.getAllByName(host));
  }

  @Override
  public <T> T await(CompletionStage<T> stage, Duration limit) throws TimeoutException {
    requireMayWait();
    try {
      return stage.toCompletableFuture().get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failure) {
      throw new CompletionException(failure.getCause());
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new CompletionException(interrupt);
    }
  }

  @Override
  public long blockingNanos(CompletableFuture<?> future, long limitNanos) {
    requireMayWait();
    workers.beginWaiting();
    return limitNanos;
  }

  @Override
  public void blockingEnded() {
    workers.endWaiting();
  }

  @Override
  public void requireMayWait() {
    if (eventLoopsContainCurrentThread()) {
      throw new IllegalStateException(
          "an event loop must not wait, and light handlers run on one; it serves many peers");
    }
  }

  private boolean eventLoopsContainCurrentThread() {
    for (var loop : eventLoops) {
      if (loop.inEventLoop()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Timers that are neither over nor cancelled: each of the scheduler's, and each event loop that
   * has any. Waits for the loops, for a second at most, and not on one of them.
   */
  public int pendingTimers() {
    return scheduler.getQueue().size() + eventLoops.withTimers();
  }

  /** Tasks that the workers have not finished, about. */
  public int pendingTasks() {
    return workers.pendingTasks();
  }

  /** The loops end first, so that whatever they still have to tell finds workers. */
  @Override
  public void close(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    scheduler.end();
    eventLoops
        .shutdownGracefully(0, limit.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(limit.toNanos() / 2, TimeUnit.NANOSECONDS);
    workers.shutdown();
    if (!awaitWorkers(deadline)) {
      // A handler that does not return within the limit is asked to by an interrupt. What waits
      // behind it, completions of futures among them, gets a thread of its own.
      List<Runnable> waiting = workers.shutdownNow();
      lastWords.newThread(() -> waiting.forEach(Runnable::run)).start();
    }
  }

  private boolean awaitWorkers(long deadline) {
    try {
      return workers.awaitTermination(deadline - System.nanoTime());
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
