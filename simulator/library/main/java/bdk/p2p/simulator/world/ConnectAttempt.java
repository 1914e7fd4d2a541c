package bdk.p2p.simulator.world;

import io.netty.channel.ChannelPromise;
import io.netty.channel.ConnectTimeoutException;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * The promise of a dial and its time limit: it is settled once, by an answer, by the limit, or by
 * whoever closes the channel. Event loop only.
 */
final class ConnectAttempt {
  private final ChannelPromise promise;
  private Future<?> timer;

  ConnectAttempt(ChannelPromise promise) {
    this.promise = promise;
  }

  /** Starts the clock; no limit for 0 milliseconds. Cancelling the promise closes the channel. */
  void start(SimChannel channel, SocketAddress remote) {
    int limitMillis = channel.config().getConnectTimeoutMillis();
    if (limitMillis > 0) {
      Runnable onTimeout = () -> channel.onConnectFailed(tooLate(limitMillis, remote));
      timer = channel.eventLoop().schedule(onTimeout, limitMillis, TimeUnit.MILLISECONDS);
    }
    promise.addListener(
        done -> {
          if (done.isCancelled()) {
            channel.close();
          }
        });
  }

  /** False if the attempt was cancelled before. */
  boolean succeed() {
    stopTimer();
    return promise.trySuccess();
  }

  void fail(Exception reason) {
    stopTimer();
    promise.tryFailure(reason);
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  private static ConnectTimeoutException tooLate(int limitMillis, SocketAddress remote) {
    return new ConnectTimeoutException(
        "connection timed out after " + limitMillis + " ms: " + remote);
  }
}
