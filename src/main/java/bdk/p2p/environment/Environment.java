package bdk.p2p.environment;

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

/**
 * What one node gets from the world around it. A node touches time, chance, threads and sockets
 * only through this, so that a simulator can supply all of them. One instance belongs to one node.
 * Any thread.
 */
public interface Environment {
  /**
   * The wall clock: what a node tells others of its time, and compares the dates of certificates
   * with.
   */
  Clock clock();

  /** The monotonic clock that every deadline is measured with, in nanoseconds from any start. */
  long nanoTime();

  /** Randomness for ids, jitter and choices; safe for any thread. */
  RandomGenerator random();

  /** Randomness for keys and secrets, which nobody may guess; safe for any thread. */
  SecureRandom secureRandom();

  /** Where handlers, listeners and completions of futures run; never an event loop. */
  Executor workers();

  /**
   * Timers for the application; tasks run on a thread of the environment, never on an event loop.
   */
  ScheduledExecutorService scheduler();

  /** The loops that channels of the two bootstraps are registered with. */
  EventLoopGroup eventLoops();

  /**
   * A fresh bootstrap for the listening socket: group, channel type and the transport's own options
   * are set, handlers are not.
   */
  ServerBootstrap serverBootstrap();

  /**
   * A fresh bootstrap for one dial: group, channel type and the transport's own options are set.
   */
  Bootstrap clientBootstrap();

  /**
   * What the frames are made of that many peers get; those of one peer are its channel's. A virtual
   * environment counts them.
   */
  default ByteBufAllocator allocator() {
    return ByteBufAllocator.DEFAULT;
  }

  /** The addresses by which this host may be meant; the real one includes loopback. */
  Set<InetAddress> localAddresses();

  /**
   * What nodes of one process may have in common, because it changes nothing of what they do; made
   * by whoever asks first. This node's alone, unless the environment says otherwise.
   */
  default <T> T common(Class<T> kind, Supplier<T> make) {
    return make.get();
  }

  /** What this node finds again when it is started anew; may block. */
  Storage storage();

  /**
   * Looks a host name up; may block, so call it on a worker.
   *
   * @throws UnknownHostException if the name has no address
   */
  List<InetAddress> resolve(String host) throws UnknownHostException;

  /**
   * Waits until the stage is complete: the real environment blocks the calling thread, a virtual
   * one drives its world.
   *
   * @return the stage's value
   * @throws TimeoutException if the limit passes first
   * @throws java.util.concurrent.CompletionException with the stage's failure as its cause
   * @throws IllegalStateException if the calling thread must not wait: an event loop, or any code
   *     that a virtual world is running
   */
  <T> T await(CompletionStage<T> stage, Duration limit) throws TimeoutException;

  /**
   * The calling thread is about to block until the future is complete, at most for a limit. The
   * real environment lets it, unless it is an event loop, and has another worker for one that
   * waits; a virtual one drives its world until then, and leaves nothing to wait for.
   *
   * @param limitNanos {@link Long#MAX_VALUE} for none
   * @return how long the thread may block
   * @throws IllegalStateException as {@link #await} does, or if too many workers wait
   */
  default long blockingNanos(CompletableFuture<?> future, long limitNanos) {
    return limitNanos;
  }

  /** The calling thread blocks no longer; once for each return of {@link #blockingNanos}. */
  default void blockingEnded() {}

  /**
   * Looks whether the calling thread may wait at all, before it begins what it could not end.
   *
   * @throws IllegalStateException if it is an event loop
   */
  default void requireMayWait() {}

  /**
   * Learns what a listener of the application's has thrown, which harms nobody and is logged: one
   * in which a test runs lets that fail. Any thread; must not throw.
   */
  default void listenerThrew(Throwable thrown) {}

  /**
   * Ends the threads that this environment owns and waits for them until the limit. The node calls
   * it once, last, when all its channels are closed. Never called from a thread of this
   * environment.
   */
  void close(Duration limit);
}
