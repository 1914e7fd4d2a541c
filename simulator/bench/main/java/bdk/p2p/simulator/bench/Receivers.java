package bdk.p2p.simulator.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.nio.ByteBuffer;
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
          .handler(shakesHands ? new Counting(announced, HANDSHAKE_BYTES) : new Counting(0, 0))
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

  /** Passes over the payloads, so that thousands of half-received ones take no memory. */
  private final class Counting extends ChannelInboundHandlerAdapter {
    private final int announced;
    private final ByteBuffer header = ByteBuffer.allocate(NettyFrames.HEADER_BYTES);
    private long skipped;

    /** Sends a handshake and passes over the other one's, if there is one. */
    private Counting(int announced, int handshakeBytes) {
      this.announced = announced;
      this.skipped = handshakeBytes;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      if (skipped > 0) {
        context.writeAndFlush(
            context.alloc().ioBuffer(HANDSHAKE_BYTES).writeByte(0).writeShort(announced));
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      while (bytes.isReadable()) {
        if (skipped > 0) {
          int count = (int) Math.min(skipped, bytes.readableBytes());
          bytes.skipBytes(count);
          skipped -= count;
        } else {
          header.limit(
              Math.min(NettyFrames.HEADER_BYTES, header.position() + bytes.readableBytes()));
          bytes.readBytes(header);
        }
        if (skipped == 0 && header.position() == NettyFrames.HEADER_BYTES) {
          onHeader();
        }
      }
      bytes.release();
    }

    /** Counts the message before its payload has come; one more or less makes no difference. */
    private void onHeader() {
      if (header.getShort(NettyFrames.COMMAND_OFFSET) == LibraryResponder.COMMAND.code()) {
        received.increment();
      }
      skipped = header.getLong(0) + Long.BYTES - NettyFrames.HEADER_BYTES;
      header.clear();
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
}
