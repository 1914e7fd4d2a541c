package bdk.p2p.simulator.planted;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;

/** Ends the connection after 300 ms. */
final class HangUp extends ChannelInboundHandlerAdapter {
  @Override
  public void channelActive(ChannelHandlerContext context) {
    context.executor().schedule(() -> context.close(), 300, TimeUnit.MILLISECONDS);
    context.fireChannelActive();
  }
}
