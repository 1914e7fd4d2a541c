package bdk.p2p.simulator.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.util.function.Supplier;

/** What both sides of the bare pipeline have in common: sockets, and the protocol's frames. */
final class NettyFrames {
  static final byte REQUEST = 0;
  static final byte ANSWER = 1;
  static final byte NOTIFICATION = 3;

  /** Where the id is, in a frame with its length. */
  static final int ID_OFFSET = 9;

  static final int TYPE_OFFSET = 8;
  static final int COMMAND_OFFSET = 17;
  static final int HEADER_BYTES = 19;

  private static final int LENGTH_BYTES = 8;
  private static final int MOST_BYTES = 16 << 20;

  private NettyFrames() {}

  static IoHandlerFactory sockets() {
    return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }

  static Class<? extends ServerChannel> listening() {
    return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  static Class<? extends Channel> dialling() {
    return Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
  }

  /** A pipeline of a decoder, which keeps the length in front, and one handler. */
  static ChannelInitializer<Channel> pipeline(Supplier<ChannelHandler> handler) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(new LengthFieldBasedFrameDecoder(MOST_BYTES, 0, LENGTH_BYTES));
        pipeline.addLast(handler.get());
      }
    };
  }

  /** The header of a frame, with room for so much behind it. */
  static ByteBuf header(ByteBufAllocator allocator, byte type, long id, int bytes, int room) {
    return allocator
        .ioBuffer(HEADER_BYTES + room)
        .writeLong(HEADER_BYTES - LENGTH_BYTES + bytes)
        .writeByte(type)
        .writeLong(id)
        .writeShort(LibraryResponder.COMMAND.code());
  }
}
