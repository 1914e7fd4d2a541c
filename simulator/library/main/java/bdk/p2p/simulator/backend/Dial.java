package bdk.p2p.simulator.backend;

import bdk.p2p.simulator.fault.Fate;
import bdk.p2p.simulator.fault.Passage;
import bdk.p2p.simulator.world.Losses;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ConnectTimeoutException;
import io.netty.util.concurrent.Future;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * One connection being dialled: asks the rules, lets the way there pass, connects, and lets the way
 * back pass. What gets no answer is repeated until the channel's connect timeout. Event loop only.
 */
final class Dial {
  private final ChannelHandlerContext context;
  private final Channel channel;
  private final LoopbackNetwork network;
  private final Road there;
  private final Road back;
  private final long connection;
  private final SocketAddress remote;
  private final RandomGenerator random;
  private final ChannelPromise promise;
  private final Losses losses = Losses.ofDial();
  private long answerDelayNanos;
  private boolean isRefused;
  private Future<?> limit;
  private Future<?> next;

  Dial(
      ChannelHandlerContext context,
      LoopbackNetwork network,
      Road there,
      Road back,
      long connection,
      RandomGenerator random,
      SocketAddress remote,
      ChannelPromise promise) {
    this.context = context;
    this.channel = context.channel();
    this.network = network;
    this.there = there;
    this.back = back;
    this.connection = connection;
    this.remote = remote;
    this.random = random;
    this.promise = promise;
  }

  void start() {
    int millis = channel.config().getConnectTimeoutMillis();
    if (millis > 0) {
      // This limit counts from here; the channel's own would begin when the kernel is asked.
      channel.config().setConnectTimeoutMillis(0);
      limit = channel.eventLoop().schedule(() -> onTimeout(millis), millis, TimeUnit.MILLISECONDS);
    }
    promise.addListener(
        done -> {
          if (done.isCancelled()) {
            context.close();
          }
        });
    ask();
  }

  /** The channel is gone; if because it was refused, that is still on its way. */
  void end() {
    if (!isRefused) {
      if (next != null) {
        next.cancel(false);
      }
      fail(new ClosedChannelException());
    }
  }

  /** How much longer the answer takes than its way. */
  long answerDelayNanos() {
    return answerDelayNanos;
  }

  /** The answer is there; false if nobody waits for it any more. */
  boolean succeed() {
    stopLimit();
    return promise.trySuccess();
  }

  private void ask() {
    if (isOver()) {
      return;
    }
    Fate dial = judge(there, Passage.Kind.DIAL);
    Fate answer = dial.outcome() == Fate.Outcome.PASS ? judge(back, Passage.Kind.ANSWER) : dial;
    switch (answer.outcome()) {
      case PASS -> {
        answerDelayNanos = answer.delayNanos();
        later(there.latencyNanos(random) + dial.delayNanos(), this::connect);
      }
      case LOSE, HOLD -> later(losses.pauseAfterLoss(network.nowNanos()), this::ask);
      case CUT, REFUSE ->
          later(
              there.latencyNanos(random),
              () -> refuse(new ConnectException("Connection refused: " + remote)));
    }
  }

  private Fate judge(Road road, Passage.Kind kind) {
    return road.judge(kind, connection, 0, network.nowNanos(), losses);
  }

  private void connect() {
    if (isOver()) {
      return;
    }
    ChannelPromise connected = context.newPromise();
    connected.addListener(
        done -> {
          if (!done.isSuccess()) {
            refuse(done.cause());
          }
        });
    context.connect(remote, connected);
  }

  /** A refusal is a reset; if it is lost there is no answer at all. */
  private void refuse(Throwable cause) {
    isRefused = true;
    Fate fate = back.judge(Passage.Kind.RESET, connection, 0, network.nowNanos(), Losses.NONE);
    if (fate.outcome() != Fate.Outcome.LOSE && fate.outcome() != Fate.Outcome.HOLD) {
      later(back.latencyNanos(random) + fate.delayNanos(), () -> fail(cause));
    }
  }

  private void onTimeout(int millis) {
    fail(new ConnectTimeoutException("connection timed out after " + millis + " ms: " + remote));
  }

  private void fail(Throwable cause) {
    stopLimit();
    if (promise.tryFailure(cause)) {
      context.close();
    }
  }

  private boolean isOver() {
    return promise.isDone() || !channel.isOpen();
  }

  private void later(long nanos, Runnable action) {
    if (nanos <= 0) {
      action.run();
    } else {
      next = channel.eventLoop().schedule(action, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void stopLimit() {
    if (limit != null) {
      limit.cancel(false);
    }
  }
}
