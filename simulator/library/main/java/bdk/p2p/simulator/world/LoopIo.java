package bdk.p2p.simulator.world;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;

/**
 * The input of one event loop: what the network brings it, and the wake-up that says that somebody
 * outside the loop gave it a task.
 */
final class LoopIo implements IoHandler {
  private final Timeline timeline;
  private VirtualEventLoop loop;
  private Runnable arrival;

  LoopIo(Timeline timeline) {
    this.timeline = timeline;
  }

  /** Called by the loop's constructor: loop and handler need each other. */
  void attach(VirtualEventLoop owner) {
    loop = owner;
  }

  /** What the loop is to handle in its next run, before its tasks. */
  void bring(Runnable action) {
    arrival = action;
  }

  @Override
  public int run(IoHandlerContext context) {
    Runnable action = arrival;
    if (action == null) {
      return 0;
    }
    arrival = null;
    action.run();
    return 1;
  }

  @Override
  public void wakeup() {
    timeline.assertDriverOrCondemn();
    loop.wake();
  }

  @Override
  public IoRegistration register(IoHandle handle) {
    throw new UnsupportedOperationException("a virtual loop serves virtual channels only");
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> handleType) {
    return false;
  }
}
