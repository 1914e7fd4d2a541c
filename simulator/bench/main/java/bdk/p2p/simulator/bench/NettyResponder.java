package bdk.p2p.simulator.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.LongAdder;

/** A bare pipeline that listens. */
final class NettyResponder implements Responder {
  private final LongAdder received = new LongAdder();
  private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NettyFrames.sockets());
  private final Channel listener;

  NettyResponder() throws InterruptedException {
    listener =
        new ServerBootstrap()
            .group(loops)
            .channel(NettyFrames.listening())
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(NettyFrames.pipeline(Handler::new))
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
  }

  @Override
  public int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  @Override
  public long received() {
    return received.sum();
  }

  @Override
  public void close() {
    loops.shutdownGracefully();
  }

  private final class Handler extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf frame = (ByteBuf) message;
      if (frame.getByte(NettyFrames.TYPE_OFFSET) == NettyFrames.REQUEST) {
        answer(context, frame);
      } else {
        received.increment();
      }
      frame.release();
    }

    private void answer(ChannelHandlerContext context, ByteBuf request) {
      int bytes = request.readableBytes() - NettyFrames.HEADER_BYTES;
      ByteBuf answer =
          NettyFrames.header(
              context.alloc(),
              NettyFrames.ANSWER,
              request.getLong(NettyFrames.ID_OFFSET),
              bytes,
              bytes);
      answer.writeBytes(request, NettyFrames.HEADER_BYTES, bytes);
      context.write(answer, context.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }
  }
}
