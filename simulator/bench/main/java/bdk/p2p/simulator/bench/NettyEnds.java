package bdk.p2p.simulator.bench;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Both ends of a line of bare pipelines, on one event loop. */
final class NettyEnds implements Ends {
  private final NettyAsker asker = new NettyAsker(NettyFrames.BROADCAST);
  private final NettySockets sockets;
  private final Channel listener;

  NettyEnds(NettySockets sockets) throws InterruptedException {
    this.sockets = sockets;
    listener = sockets.listen(() -> NettyFrames.to(asker));
  }

  @Override
  public void dial(int port) throws InterruptedException {
    asker.sendTo(sockets.dial(port, () -> NettyFrames.to(new ChannelInboundHandlerAdapter())));
  }

  @Override
  public int port() {
    return NettySockets.port(listener);
  }

  @Override
  public void request(byte[] payload, Runnable answered) {
    asker.request(payload, answered);
  }

  @Override
  public void close() {
    sockets.close();
  }
}
