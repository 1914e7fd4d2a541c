package bdk.p2p.simulator.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.collection.LongObjectHashMap;

/**
 * Sends frames on one channel of an event loop and waits for a frame with the same id, on this or
 * another one of it; what is sent amid a reading leaves together at its end. Any thread asks; all
 * else happens on the event loop.
 */
class NettyAsker extends ChannelInboundHandlerAdapter {
  private final byte type;
  private final LongObjectHashMap<Runnable> open = new LongObjectHashMap<>();
  private Channel out;
  private long lastId;
  private boolean reading;

  /**
   * @param type of the frames that are sent
   */
  NettyAsker(byte type) {
    this.type = type;
  }

  /** Where the frames go from now on; before the first one. */
  final void sendTo(Channel channel) {
    out = channel;
  }

  final void request(byte[] payload, Runnable answered) {
    if (out.eventLoop().inEventLoop()) {
      request(++lastId, payload, answered);
    } else {
      out.eventLoop().execute(() -> request(payload, answered));
    }
  }

  /** Sends a frame with this id. Event loop only. */
  void request(long id, byte[] payload, Runnable answered) {
    open.put(id, answered);
    out.write(NettyFrames.frame(out.alloc(), type, id, payload), out.voidPromise());
    if (!reading) {
      out.flush();
    }
  }

  @Override
  public final void channelRead(ChannelHandlerContext context, Object message) {
    reading = true;
    ByteBuf frame = (ByteBuf) message;
    open.remove(frame.getLong(NettyFrames.ID_OFFSET)).run();
    frame.release();
  }

  @Override
  public final void channelReadComplete(ChannelHandlerContext context) {
    reading = false;
    if (out != null) { // under TLS something is read before it is there
      out.flush();
    }
  }
}
