package bdk.p2p.simulator.planted;

import bdk.p2p.environment.Environment;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;
import java.util.function.Supplier;

/** Puts a handler between each of a node's connections and the node. */
final class TappedEnvironment extends DelegatingEnvironment {
  private final Supplier<ChannelHandler> tap;

  TappedEnvironment(Environment real, Supplier<ChannelHandler> tap) {
    super(real);
    this.tap = tap;
  }

  // A bootstrap takes its channel factory once, so another one is made with the factory of the
  // first.
  @Override
  @SuppressWarnings({"unchecked", "deprecation"})
  public Bootstrap clientBootstrap() {
    Bootstrap real = super.clientBootstrap();
    ChannelFactory<Channel> factory = (ChannelFactory<Channel>) real.config().channelFactory();
    return new Bootstrap()
        .group(real.config().group())
        .disableResolver()
        .channelFactory(
            () -> {
              Channel channel = factory.newChannel();
              channel.pipeline().addLast(tap.get());
              return channel;
            });
  }

  @Override
  @SuppressWarnings({"unchecked", "deprecation"})
  public ServerBootstrap serverBootstrap() {
    ServerBootstrap real = super.serverBootstrap();
    ChannelFactory<ServerChannel> factory =
        (ChannelFactory<ServerChannel>) (Object) real.config().channelFactory();
    return new ServerBootstrap()
        .group(real.config().group())
        .channelFactory(
            () -> {
              ServerChannel channel = factory.newChannel();
              channel.pipeline().addLast(new Acceptor());
              return channel;
            });
  }

  /** Is there before the node's own acceptor, and so before its handlers. */
  private final class Acceptor extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object child) {
      ((Channel) child).pipeline().addLast(tap.get());
      context.fireChannelRead(child);
    }
  }
}
