package bdk.p2p.simulator.planted;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Dials where no host is, and hangs up on everybody who comes. */
final class Hermit extends ChannelDuplexHandler {
  private static final InetSocketAddress NOWHERE = new InetSocketAddress("10.99.99.99", 7000);

  @Override
  public void connect(
      ChannelHandlerContext context,
      SocketAddress remote,
      SocketAddress local,
      ChannelPromise promise) {
    context.connect(NOWHERE, local, promise);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    context.close();
  }
}
