package bdk.p2p.simulator.planted;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/** Ends the connection at the first thing that comes in after 300 ms, which is lost. */
final class HangUp extends ChannelInboundHandlerAdapter {
  private boolean isOver;

  @Override
  public void channelActive(ChannelHandlerContext context) {
    context.executor().schedule(() -> isOver = true, 300, TimeUnit.MILLISECONDS);
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (isOver) {
      ReferenceCountUtil.release(message);
      context.close();
    } else {
      context.fireChannelRead(message);
    }
  }
}
