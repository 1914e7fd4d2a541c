package bdk.p2p.simulator.planted;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Takes a buffer and forgets it. */
final class LeakyHandler extends ChannelInboundHandlerAdapter {
  @Override
  public void channelActive(ChannelHandlerContext context) {
    context.alloc().heapBuffer(64);
    context.fireChannelActive();
  }
}
