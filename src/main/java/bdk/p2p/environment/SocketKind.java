package bdk.p2p.environment;

import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.util.Optional;

/**
 * The Netty classes of one transport.
 *
 * @param loops makes the I/O part of an event loop
 * @param server the listening channel
 * @param client the dialled channel
 * @param notSentLowWater bounds what the kernel takes and has not sent, where there is such an
 *     option
 */
record SocketKind(
    IoHandlerFactory loops,
    Class<? extends ServerChannel> server,
    Class<? extends SocketChannel> client,
    Optional<ChannelOption<Long>> notSentLowWater) {

  /** Of one look at the sockets: as many as there are. */
  private static final int MOST_EVENTS = 0;

  /**
   * @throws IllegalStateException if the transport is not to be had on this machine
   */
  static SocketKind of(Transport transport) {
    return switch (transport) {
      case AUTO -> Epoll.isAvailable() ? epoll() : nio();
      case EPOLL -> {
        require(transport, Epoll.isAvailable(), Epoll.unavailabilityCause());
        yield epoll();
      }
      case NIO -> nio();
      case IO_URING -> {
        require(transport, IoUring.isAvailable(), IoUring.unavailabilityCause());
        yield new SocketKind(
            IoUringIoHandler.newFactory(),
            IoUringServerSocketChannel.class,
            IoUringSocketChannel.class,
            Optional.of(IoUringChannelOption.TCP_NOTSENT_LOWAT));
      }
    };
  }

  private static SocketKind epoll() {
    return new SocketKind(
        EpollIoHandler.newFactory(MOST_EVENTS, EagerSelect::new),
        EpollServerSocketChannel.class,
        EpollSocketChannel.class,
        Optional.of(EpollChannelOption.TCP_NOTSENT_LOWAT));
  }

  private static SocketKind nio() {
    return new SocketKind(
        NioIoHandler.newFactory(),
        NioServerSocketChannel.class,
        NioSocketChannel.class,
        Optional.empty());
  }

  private static void require(Transport transport, boolean available, Throwable cause) {
    if (!available) {
      throw new IllegalStateException(
          "transport " + transport + " is not available on this machine", cause);
    }
  }
}
