package bdk.p2p.simulator.planted;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/** Says that the channel is closed and leaves it open. */
final class UnclosedChannel extends ChannelOutboundHandlerAdapter {
  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    promise.trySuccess();
  }
}
