package bdk.p2p.simulator.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** A bare pipeline that dials; everything but the first requests happens on its event loop. */
final class NettyDriver implements Driver {
  /** Payloads up to here are copied behind their header, larger ones are written beside it. */
  private static final int COPIED_BYTES = 4096;

  private final AtomicBoolean floods = new AtomicBoolean();
  private final Handler asker = new Handler();
  private final NettySockets sockets;
  private final Channel channel;
  private long lastId;
  private Runnable writable = () -> {};

  NettyDriver(int port, NettySockets sockets) throws InterruptedException {
    this.sockets = sockets;
    channel = sockets.dial(port, () -> NettyFrames.to(asker));
    asker.sendTo(channel);
  }

  @Override
  public void request(byte[] payload, Runnable answered) {
    asker.request(payload, answered);
  }

  /** From the event loop, whoever calls: the first caller's flood is that of all. */
  @Override
  public void flood(byte[] payload, BooleanSupplier goesOn) throws Exception {
    if (!floods.compareAndSet(false, true)) {
      return;
    }
    ByteBuf bytes = Unpooled.directBuffer(payload.length).writeBytes(payload);
    CompletableFuture<Void> done = new CompletableFuture<>();
    channel.eventLoop().execute(() -> flood(bytes, goesOn, done));
    done.get();
    bytes.release(); // what is still to be written has references of its own
    floods.set(false);
  }

  private void flood(ByteBuf payload, BooleanSupplier goesOn, CompletableFuture<Void> done) {
    writable = () -> flood(payload, goesOn, done);
    while (goesOn.getAsBoolean() && channel.isWritable()) {
      write(payload);
    }
    channel.flush();
    if (!goesOn.getAsBoolean()) {
      writable = () -> {};
      done.complete(null);
    } else if (channel.isWritable()) {
      channel.eventLoop().execute(writable); // all was taken at once
    }
  }

  private void write(ByteBuf payload) {
    int bytes = payload.readableBytes();
    boolean copied = bytes <= COPIED_BYTES;
    ByteBuf frame =
        NettyFrames.header(
            channel.alloc(), NettyFrames.NOTIFICATION, ++lastId, bytes, copied ? bytes : 0);
    if (copied) {
      frame.writeBytes(payload, 0, bytes);
    }
    channel.write(frame, channel.voidPromise());
    if (!copied) {
      channel.write(payload.retainedDuplicate(), channel.voidPromise());
    }
  }

  @Override
  public void close() {
    sockets.close();
  }

  private final class Handler extends NettyAsker {
    private Handler() {
      super(NettyFrames.REQUEST);
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
