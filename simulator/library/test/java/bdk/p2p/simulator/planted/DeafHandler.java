package bdk.p2p.simulator.planted;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.TimeUnit;

/** Reads no byte from some time after the connection on. */
final class DeafHandler extends ChannelDuplexHandler {
  private static final long HEARS_SECONDS = 12;

  private boolean deaf;

  @Override
  public void channelActive(ChannelHandlerContext context) {
    context.executor().schedule(() -> deaf = true, HEARS_SECONDS, TimeUnit.SECONDS);
    context.fireChannelActive();
  }

  @Override
  public void read(ChannelHandlerContext context) {
    if (!deaf) {
      context.read();
    }
  }
}
