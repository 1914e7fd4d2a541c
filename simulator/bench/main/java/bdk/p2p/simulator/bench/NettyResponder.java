package bdk.p2p.simulator.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.LongAdder;

/** A bare pipeline that listens. */
final class NettyResponder implements Responder {
  private final LongAdder received = new LongAdder();
  private final LongAdder sessions = new LongAdder();
  private final NettySockets sockets;
  private final Channel listener;

  NettyResponder(NettySockets sockets) throws InterruptedException {
    this.sockets = sockets;
    listener = sockets.listen(() -> NettyFrames.to(new Handler()));
  }

  @Override
  public int port() {
    return NettySockets.port(listener);
  }

  @Override
  public long received() {
    return received.sum();
  }

  @Override
  public int sessions() {
    return sessions.intValue();
  }

  @Override
  public void close() {
    sockets.close();
  }

  private final class Handler extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext context) {
      sessions.increment();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      sessions.decrement();
    }

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
