package bdk.p2p.simulator.world;

import io.netty.channel.ManualIoEventLoop;

/**
 * The one event loop of a node process. It runs when the agenda says so: when the network brings
 * something, when a task was handed to it, when a timer is due.
 *
 * <p>The driver's thread runs all loops, so a loop counts as entered only while it is the one that
 * is running: a worker's task on the same thread is outside every loop.
 */
final class VirtualEventLoop extends ManualIoEventLoop {
  private final Timeline timeline;
  private final Life life;
  private final LoopIo io;
  private final Runnable runWoken = this::runWoken;
  private final Runnable runNow = this::runNow;
  private boolean woken;
  private long timerNanos = Long.MAX_VALUE;

  VirtualEventLoop(Timeline timeline, Life life) {
    this(timeline, life, new LoopIo(timeline));
  }

  private VirtualEventLoop(Timeline timeline, Life life, LoopIo io) {
    super(null, timeline.driver(), executor -> io, timeline.ticker());
    this.timeline = timeline;
    this.life = life;
    this.io = io;
    io.attach(this);
  }

  @Override
  public boolean inEventLoop() {
    return timeline.isCurrent(this);
  }

  /** Lets the loop run at the current instant. */
  void wake() {
    if (!woken) {
      woken = true;
      timeline.soon(life, runWoken);
    }
  }

  /** Runs an event of the network as this loop, then the tasks that came of it. */
  void handle(Runnable event) {
    if (life.isOver()) {
      throw new IllegalStateException("an event for a loop that has ended");
    }
    io.bring(event);
    runOnce();
  }

  /** True if a timer is still to come. */
  boolean hasTimer() {
    return nextScheduledTaskDeadlineNanos() >= 0;
  }

  /** Ends the loop for good: cancels its timers and runs the tasks that it still has. */
  void terminate() {
    timeline.runAs(this, this::runToTheEnd);
  }

  // The graceful way waits for a quiet period, which never passes while time stands still.
  @SuppressWarnings("deprecation")
  private void runToTheEnd() {
    shutdown();
    while (!isTerminated()) {
      runNow();
    }
  }

  private void runWoken() {
    woken = false;
    runOnce();
  }

  private void runOnce() {
    timeline.runAs(this, runNow);
    armTimer();
  }

  /**
   * The agenda holds the earliest deadline; an entry that was overtaken by an earlier one is void.
   * What is due now needs no entry of its own, which would void the one that is there.
   */
  private void armTimer() {
    long deadline = nextScheduledTaskDeadlineNanos();
    if (deadline >= 0 && deadline <= timeline.now()) {
      wake();
    } else if (deadline >= 0 && deadline < timerNanos) {
      timerNanos = deadline;
      timeline.at(deadline, life, () -> onTimer(deadline));
    }
  }

  private void onTimer(long deadline) {
    if (deadline == timerNanos) {
      timerNanos = Long.MAX_VALUE;
      runOnce();
    }
  }
}
