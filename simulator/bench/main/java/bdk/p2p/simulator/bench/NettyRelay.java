package bdk.p2p.simulator.bench;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** A bare pipeline that passes on each frame as it came, without a copy. */
final class NettyRelay implements Relay {
  private final NettySockets sockets;
  private final Channel next;
  private final Channel listener;

  /**
   * @param checks whether it looks at the ids of what it passes on
   */
  NettyRelay(int port, NettySockets sockets, boolean checks) throws InterruptedException {
    this.sockets = sockets;
    next = sockets.dial(port, () -> NettyFrames.to(new ChannelInboundHandlerAdapter()));
    listener =
        sockets.listen(
            () ->
                checks
                    ? NettyFrames.to(new NettyChecking(), new Passing())
                    : NettyFrames.to(new Passing()));
  }

  @Override
  public int port() {
    return NettySockets.port(listener);
  }

  @Override
  public void close() {
    sockets.close();
  }

  private final class Passing extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      next.write(message, next.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      next.flush();
    }
  }
}
