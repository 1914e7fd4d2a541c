package bdk.p2p.simulator.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * A bare pipeline that many dial: one encoded frame for all, written where there is room, on the
 * one event loop that they share.
 */
final class NettySender implements Sender {
  private static final int WRITES_PER_FLUSH = 16;

  private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NettyFrames.sockets());
  private final Channel listener;
  private final ByteBuf frame;
  // Event loop only.
  private final List<Channel> channels = new ArrayList<>();

  NettySender(int bytes) throws InterruptedException {
    frame =
        NettyFrames.header(
                UnpooledByteBufAllocator.DEFAULT, NettyFrames.NOTIFICATION, 1, bytes, bytes)
            .writeZero(bytes);
    listener =
        new ServerBootstrap()
            .group(loops)
            .channel(NettyFrames.listening())
            .childHandler(NettyFrames.pipeline(Remembering::new))
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
  }

  @Override
  public int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  @Override
  public void flood(BooleanSupplier goesOn) throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    loops.execute(() -> flood(goesOn, done));
    done.get();
  }

  private void flood(BooleanSupplier goesOn, CompletableFuture<Void> done) {
    for (Channel channel : channels) {
      for (int n = 0; n < WRITES_PER_FLUSH && channel.isWritable(); n++) {
        channel.write(frame.retainedDuplicate(), channel.voidPromise());
      }
      channel.flush();
    }
    if (goesOn.getAsBoolean()) {
      loops.next().execute(() -> flood(goesOn, done));
    } else {
      done.complete(null);
    }
  }

  @Override
  public void close() {
    loops.shutdownGracefully();
  }

  private final class Remembering extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext context) {
      channels.add(context.channel());
    }
  }
}
