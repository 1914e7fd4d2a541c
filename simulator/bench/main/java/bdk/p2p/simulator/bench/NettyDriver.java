package bdk.p2p.simulator.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.collection.LongObjectHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** A bare pipeline that dials; everything but the first requests happens on its event loop. */
final class NettyDriver implements Driver {
  /** Payloads up to here are copied behind their header, larger ones are written beside it. */
  private static final int COPIED_BYTES = 4096;

  private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NettyFrames.sockets());
  private final LongObjectHashMap<Runnable> open = new LongObjectHashMap<>();
  private final Channel channel;
  private final ByteBuf payload;
  private long lastId;
  private boolean reading;
  private Runnable writable = () -> {};

  NettyDriver(int port, int bytes) throws InterruptedException {
    payload = Unpooled.unreleasableBuffer(Unpooled.directBuffer(bytes).writeZero(bytes));
    channel =
        new Bootstrap()
            .group(loops)
            .channel(NettyFrames.dialling())
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(NettyFrames.pipeline(Handler::new))
            .connect("127.0.0.1", port)
            .sync()
            .channel();
  }

  @Override
  public void request(Runnable answered) {
    if (channel.eventLoop().inEventLoop()) {
      write(NettyFrames.REQUEST, answered);
      if (!reading) {
        channel.flush();
      }
    } else {
      channel.eventLoop().execute(() -> request(answered));
    }
  }

  private void write(byte type, Runnable answered) {
    long id = ++lastId;
    if (type == NettyFrames.REQUEST) {
      open.put(id, answered);
    }
    int bytes = payload.readableBytes();
    boolean copied = bytes <= COPIED_BYTES;
    ByteBuf frame = NettyFrames.header(channel.alloc(), type, id, bytes, copied ? bytes : 0);
    if (copied) {
      frame.writeBytes(payload, 0, bytes);
    }
    channel.write(frame, channel.voidPromise());
    if (!copied) {
      channel.write(payload.duplicate(), channel.voidPromise());
    }
  }

  @Override
  public void flood(BooleanSupplier goesOn) throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    channel.eventLoop().execute(() -> flood(goesOn, done));
    done.get();
  }

  private void flood(BooleanSupplier goesOn, CompletableFuture<Void> done) {
    writable = () -> flood(goesOn, done);
    while (goesOn.getAsBoolean() && channel.isWritable()) {
      write(NettyFrames.NOTIFICATION, null);
    }
    channel.flush();
    if (!goesOn.getAsBoolean()) {
      writable = () -> {};
      done.complete(null);
    } else if (channel.isWritable()) {
      channel.eventLoop().execute(writable); // all was taken at once
    }
  }

  @Override
  public void close() {
    loops.shutdownGracefully();
  }

  private final class Handler extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      reading = true;
      ByteBuf frame = (ByteBuf) message;
      open.remove(frame.getLong(NettyFrames.ID_OFFSET)).run();
      frame.release();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      reading = false;
      context.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      if (channel.isWritable()) {
        // Not from inside the flush that made it so.
        channel.eventLoop().execute(writable);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      Worker.fail(new IllegalStateException("the connection has ended"));
    }
  }
}
