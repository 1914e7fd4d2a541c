package bdk.p2p.simulator.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One event loop and its sockets on loopback, with TLS beneath if there are keys. Any thread. */
final class NettySockets {
  static final String LOOPBACK = "127.0.0.1";
  private static final int BACKLOG = 1024;

  private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, sockets());
  private final Optional<SslContext> dialling;
  private final Optional<SslContext> listening;

  NettySockets(Optional<Keys> keys) throws Exception {
    dialling = keys.isEmpty() ? Optional.empty() : Optional.of(keys.get().context(true));
    listening = keys.isEmpty() ? Optional.empty() : Optional.of(keys.get().context(false));
  }

  private static IoHandlerFactory sockets() {
    return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }

  /** Listens on a free port; each connection gets handlers of its own. */
  Channel listen(Supplier<ChannelHandler[]> handlers) throws InterruptedException {
    Class<? extends ServerChannel> kind =
        Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    return new ServerBootstrap()
        .group(loops)
        .channel(kind)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(pipeline(listening, handlers))
        .bind(LOOPBACK, 0)
        .sync()
        .channel();
  }

  /** Connects, and waits for the end of the handshake. */
  Channel dial(int port, Supplier<ChannelHandler[]> handlers) throws InterruptedException {
    CountDownLatch active = new CountDownLatch(1);
    Bootstrap dialling =
        dialling(
            () ->
                Stream.concat(Stream.of(handlers.get()), Stream.of(new WhenActive(active)))
                    .toArray(ChannelHandler[]::new));
    Channel channel = dialling.connect(LOOPBACK, port).sync().channel();
    active.await();
    return channel;
  }

  /** What can connect; each connection gets handlers of its own. */
  Bootstrap dialling(Supplier<ChannelHandler[]> handlers) {
    Class<? extends Channel> kind =
        Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
    return new Bootstrap()
        .group(loops)
        .channel(kind)
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(pipeline(dialling, handlers));
  }

  private static ChannelInitializer<Channel> pipeline(
      Optional<SslContext> tls, Supplier<ChannelHandler[]> handlers) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        tls.ifPresent(context -> channel.pipeline().addLast(context.newHandler(channel.alloc())));
        channel.pipeline().addLast(handlers.get());
      }
    };
  }

  /** Does something on the event loop. */
  void execute(Runnable task) {
    loops.execute(task);
  }

  static int port(Channel listener) {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  void close() {
    loops.shutdownGracefully();
  }

  private static final class WhenActive extends ChannelInboundHandlerAdapter {
    private final CountDownLatch active;

    private WhenActive(CountDownLatch active) {
      this.active = active;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      active.countDown();
    }
  }
}
