package bdk.p2p.session;

import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A channel to nobody, on a loop that is driven by hand; keeps what is written. */
final class HandChannel extends EmbeddedChannel {
  private static final InetSocketAddress SOMEWHERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);

  private final EventLoop loop;

  HandChannel(EventLoop loop) {
    this.loop = loop;
  }

  @Override
  public EventLoop eventLoop() {
    // Asked before the constructor has come here.
    return loop == null ? super.eventLoop() : loop;
  }

  @Override
  public InetSocketAddress localAddress() {
    return SOMEWHERE;
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return SOMEWHERE;
  }
}
