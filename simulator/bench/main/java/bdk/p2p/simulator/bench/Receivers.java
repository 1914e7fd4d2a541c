package bdk.p2p.simulator.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Many connections to one sender, the same bare ones whoever sends, so that only the sender makes a
 * difference. They count the messages of the bench, and release them.
 */
final class Receivers implements AutoCloseable {
  private static final int HANDSHAKE_BYTES = 3;

  /** Each announces a port of its own, or a node would take them for one peer. */
  private static final int FIRST_PORT = 10_000;

  private final LongAdder received = new LongAdder();
  private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NettyFrames.sockets());

  /**
   * Connects.
   *
   * @param shakesHands true if the sender is a node
   */
  Receivers(int port, int count, boolean shakesHands) throws InterruptedException {
    for (int n = 0; n < count; n++) {
      int announced = FIRST_PORT + n;
      new Bootstrap()
          .group(loops)
          .channel(NettyFrames.dialling())
          .handler(
              shakesHands
                  ? NettyFrames.pipeline(() -> new HandShaking(announced), Counting::new)
                  : NettyFrames.pipeline(Counting::new))
          .connect("127.0.0.1", port)
          .sync();
    }
  }

  /** Messages until now; any thread. */
  long received() {
    return received.sum();
  }

  @Override
  public void close() {
    loops.shutdownGracefully();
  }

  private final class Counting extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf frame = (ByteBuf) message;
      if (frame.getUnsignedShort(NettyFrames.COMMAND_OFFSET) == LibraryResponder.COMMAND.code()) {
        received.increment();
      }
      frame.release();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      Worker.fail(new IllegalStateException("the sender has ended a connection"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      Worker.fail(cause);
    }
  }

  /** Sends its own handshake and passes over the other one's. */
  private static final class HandShaking extends ByteToMessageDecoder {
    private final int port;

    private HandShaking(int port) {
      this.port = port;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      context.writeAndFlush(
          context.alloc().ioBuffer(HANDSHAKE_BYTES).writeByte(0).writeShort(port));
      context.fireChannelActive();
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
      if (in.readableBytes() >= HANDSHAKE_BYTES) {
        in.skipBytes(HANDSHAKE_BYTES);
        context.pipeline().remove(this); // what is left goes on to the next
      }
    }
  }
}
