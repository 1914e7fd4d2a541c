package bdk.p2p.session;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.AbstractEventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * An event loop that runs its tasks when the thread that holds it says so. One thread at a time
 * holds it; any thread adds tasks. Timers of no time are tasks, others never come.
 */
final class HandLoop extends AbstractEventExecutor implements EventLoop {
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private volatile Thread holder = Thread.currentThread();
  private volatile boolean ended;

  /** The calling thread is the event loop from now on. */
  void hold() {
    holder = Thread.currentThread();
  }

  /** Nobody is the event loop: whoever makes a state may be one of those who race in it. */
  void release() {
    holder = null;
  }

  /** Runs what waits, and what that adds. */
  void run() {
    Runnable task;
    while ((task = tasks.poll()) != null) {
      task.run();
    }
  }

  /** Takes no more tasks, like a loop whose node has stopped. */
  void end() {
    ended = true;
    holder = null;
  }

  @Override
  public boolean inEventLoop(Thread thread) {
    return thread == holder;
  }

  @Override
  public void execute(Runnable task) {
    if (ended) {
      throw new RejectedExecutionException("ended");
    }
    tasks.add(task);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    if (delay <= 0) {
      execute(task);
    }
    return null;
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public EventLoopGroup parent() {
    return this;
  }

  @Override
  public EventLoop next() {
    return this;
  }

  @Override
  public ChannelFuture register(Channel channel) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ChannelFuture register(ChannelPromise promise) {
    throw new UnsupportedOperationException();
  }

  @Override
  @Deprecated
  public ChannelFuture register(Channel channel, ChannelPromise promise) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isShuttingDown() {
    return ended;
  }

  @Override
  public boolean isShutdown() {
    return ended;
  }

  @Override
  public boolean isTerminated() {
    return ended;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return ended;
  }

  @Override
  public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<?> terminationFuture() {
    throw new UnsupportedOperationException();
  }

  @Override
  @Deprecated
  public void shutdown() {
    throw new UnsupportedOperationException();
  }
}
