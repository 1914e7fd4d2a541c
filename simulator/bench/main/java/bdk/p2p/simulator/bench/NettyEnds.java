package bdk.p2p.simulator.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.collection.LongObjectHashMap;

/** Both ends of a line of bare pipelines, on one event loop. */
final class NettyEnds implements Ends {
  private final LongObjectHashMap<Runnable> open = new LongObjectHashMap<>();
  private final NettySockets sockets;
  private final Channel listener;
  private Channel head;
  private long lastId;
  private boolean reading;

  NettyEnds(NettySockets sockets) throws InterruptedException {
    this.sockets = sockets;
    listener = sockets.listen(() -> NettyFrames.to(new Tail()));
  }

  @Override
  public void dial(int port) throws InterruptedException {
    head = sockets.dial(port, () -> NettyFrames.to(new ChannelInboundHandlerAdapter()));
  }

  @Override
  public int port() {
    return NettySockets.port(listener);
  }

  @Override
  public void request(byte[] payload, Runnable answered) {
    if (head.eventLoop().inEventLoop()) {
      long id = ++lastId;
      open.put(id, answered);
      head.write(
          NettyFrames.frame(head.alloc(), NettyFrames.BROADCAST, id, payload), head.voidPromise());
      if (!reading) {
        head.flush();
      }
    } else {
      head.eventLoop().execute(() -> request(payload, answered));
    }
  }

  @Override
  public void close() {
    sockets.close();
  }

  private final class Tail extends ChannelInboundHandlerAdapter {
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
      if (head != null) { // under TLS something is read before it is there
        head.flush();
      }
    }
  }
}
