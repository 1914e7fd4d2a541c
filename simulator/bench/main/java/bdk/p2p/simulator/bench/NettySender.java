package bdk.p2p.simulator.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * A bare pipeline that many dial: one encoded frame for all, written where there is room, on the
 * one event loop that they share.
 */
final class NettySender implements Sender {
  private static final int WRITES_PER_FLUSH = 16;

  private final AtomicBoolean floods = new AtomicBoolean();
  private final NettySockets sockets;
  private final Channel listener;
  // Event loop only.
  private final List<Channel> channels = new ArrayList<>();

  NettySender(NettySockets sockets) throws InterruptedException {
    this.sockets = sockets;
    listener = sockets.listen(() -> NettyFrames.to(new Remembering()));
  }

  @Override
  public int port() {
    return NettySockets.port(listener);
  }

  /** From the event loop, whoever calls: the first caller's flood is that of all. */
  @Override
  public void flood(byte[] payload, BooleanSupplier goesOn) throws Exception {
    if (!floods.compareAndSet(false, true)) {
      return;
    }
    ByteBuf frame =
        NettyFrames.frame(UnpooledByteBufAllocator.DEFAULT, NettyFrames.NOTIFICATION, 1, payload);
    CompletableFuture<Void> done = new CompletableFuture<>();
    sockets.execute(() -> flood(frame, goesOn, done));
    done.get();
    frame.release(); // what is still to be written has references of its own
    floods.set(false);
  }

  private void flood(ByteBuf frame, BooleanSupplier goesOn, CompletableFuture<Void> done) {
    for (Channel channel : channels) {
      for (int n = 0; n < WRITES_PER_FLUSH && channel.isWritable(); n++) {
        channel.write(frame.retainedDuplicate(), channel.voidPromise());
      }
      channel.flush();
    }
    if (goesOn.getAsBoolean()) {
      sockets.execute(() -> flood(frame, goesOn, done));
    } else {
      done.complete(null);
    }
  }

  @Override
  public void close() {
    sockets.close();
  }

  private final class Remembering extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext context) {
      channels.add(context.channel());
    }
  }
}
