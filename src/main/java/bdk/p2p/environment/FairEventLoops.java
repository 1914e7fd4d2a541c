package bdk.p2p.environment;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/**
 * Event loops that look at their sockets again after a few milliseconds of tasks. By default they
 * may run tasks for a second, so that an application that sends without a pause would keep its node
 * from reading.
 */
final class FairEventLoops extends MultiThreadIoEventLoopGroup {
  private static final long MAX_TASK_MILLIS = 5;

  FairEventLoops(int threads, ThreadFactory factory, IoHandlerFactory sockets) {
    super(threads, factory, sockets);
  }

  @Override
  protected IoEventLoop newChild(Executor executor, IoHandlerFactory sockets, Object... none) {
    return new SingleThreadIoEventLoop(
        this,
        executor,
        sockets,
        Integer.MAX_VALUE,
        RejectedExecutionHandlers.reject(),
        MAX_TASK_MILLIS);
  }
}
