package bdk.p2p.simulator.planted;

import bdk.p2p.environment.Environment;
import bdk.p2p.environment.Storage;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Passes everything on; a bug overrides what it spoils. */
class DelegatingEnvironment implements Environment {
  private final Environment real;

  DelegatingEnvironment(Environment real) {
    this.real = real;
  }

  @Override
  public Clock clock() {
    return real.clock();
  }

  @Override
  public long nanoTime() {
    return real.nanoTime();
  }

  @Override
  public RandomGenerator random() {
    return real.random();
  }

  @Override
  public SecureRandom secureRandom() {
    return real.secureRandom();
  }

  @Override
  public Executor workers() {
    return real.workers();
  }

  @Override
  public ScheduledExecutorService scheduler() {
    return real.scheduler();
  }

  @Override
  public <T> T common(Class<T> kind, Supplier<T> make) {
    return real.common(kind, make);
  }

  @Override
  public ByteBufAllocator allocator() {
    return real.allocator();
  }

  @Override
  public EventLoopGroup eventLoops() {
    return real.eventLoops();
  }

  @Override
  public ServerBootstrap serverBootstrap() {
    return real.serverBootstrap();
  }

  @Override
  public Bootstrap clientBootstrap() {
    return real.clientBootstrap();
  }

  @Override
  public Set<InetAddress> localAddresses() {
    return real.localAddresses();
  }

  @Override
  public Storage storage() {
    return real.storage();
  }

  @Override
  public List<InetAddress> resolve(String host) throws UnknownHostException {
    return real.resolve(host);
  }

  @Override
  public <T> T await(CompletionStage<T> stage, Duration limit) throws TimeoutException {
    return real.await(stage, limit);
  }

  @Override
  public long blockingNanos(CompletableFuture<?> future, long limitNanos) {
    return real.blockingNanos(future, limitNanos);
  }

  @Override
  public void blockingEnded() {
    real.blockingEnded();
  }

  @Override
  public void requireMayWait() {
    real.requireMayWait();
  }

  @Override
  public void listenerThrew(Throwable thrown) {
    real.listenerThrew(thrown);
  }

  @Override
  public void close(Duration limit) {
    real.close(limit);
  }
}
