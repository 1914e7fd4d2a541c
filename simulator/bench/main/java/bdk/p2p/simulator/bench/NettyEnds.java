package bdk.p2p.simulator.bench;

import bdk.p2p.message.MessageId;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.ByteBuffer;

/** Both ends of a line of bare pipelines, on one event loop. */
final class NettyEnds implements Ends {
  private final NettyAsker asker;
  private final NettySockets sockets;
  private final Channel listener;

  /**
   * @param checks whether ids are as the protocol demands, and are looked at
   */
  NettyEnds(NettySockets sockets, boolean checks) throws InterruptedException {
    this.sockets = sockets;
    asker = checks ? new Publishing() : new NettyAsker(NettyFrames.BROADCAST);
    listener =
        sockets.listen(
            () -> checks ? NettyFrames.to(new NettyChecking(), asker) : NettyFrames.to(asker));
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

  /** A broadcast like another is none: each begins with a number. */
  private static final class Publishing extends NettyAsker {
    private Publishing() {
      super(NettyFrames.BROADCAST);
    }

    @Override
    void request(long number, byte[] payload, Runnable arrived) {
      ByteBuffer unique = ByteBuffer.allocate(payload.length).putLong(0, number);
      super.request(MessageId.hashOf(unique).value(), unique.array(), arrived);
    }
  }
}
