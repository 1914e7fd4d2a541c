package bdk.p2p.guard;

import bdk.p2p.environment.Environment;
import bdk.p2p.environment.Storage;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/** Time that passes when it is told to, workers that work when they are told to, no network. */
final class StillEnvironment implements Environment {
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final Map<String, byte[]> stored = new HashMap<>();
  private long nanos;
  private int stores;
  private boolean failing;

  void pass(Duration time) {
    nanos += time.toNanos();
  }

  void runWorkers() {
    while (!waiting.isEmpty()) {
      waiting.remove().run();
    }
  }

  int stores() {
    return stores;
  }

  void failToStore(boolean value) {
    failing = value;
  }

  @Override
  public Clock clock() {
    return Clock.fixed(Instant.EPOCH.plusNanos(nanos), ZoneOffset.UTC);
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public RandomGenerator random() {
    return new SplittableRandom(1);
  }

  @Override
  public SecureRandom secureRandom() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Executor workers() {
    return waiting::add;
  }

  @Override
  public Storage storage() {
    return new Storage() {
      @Override
      public Optional<byte[]> load(String name) {
        return Optional.ofNullable(stored.get(name));
      }

      @Override
      public void store(String name, byte[] content) throws IOException {
        stores++;
        if (failing) {
          throw new IOException("no space left");
        }
        stored.put(name, content);
      }

      @Override
      public String place(String name) {
        return "'" + name + "' in memory";
      }
    };
  }

  private static UnsupportedOperationException none() {
    return new UnsupportedOperationException("there is no network");
  }

  @Override
  public ScheduledExecutorService scheduler() {
    throw none();
  }

  @Override
  public EventLoopGroup eventLoops() {
    throw none();
  }

  @Override
  public ServerBootstrap serverBootstrap() {
    throw none();
  }

  @Override
  public Bootstrap clientBootstrap() {
    throw none();
  }

  @Override
  public Set<InetAddress> localAddresses() {
    throw none();
  }

  @Override
  public List<InetAddress> resolve(String host) {
    throw none();
  }

  @Override
  public <T> T await(CompletionStage<T> stage, Duration limit) {
    throw none();
  }

  @Override
  public void close(Duration limit) {}
}
